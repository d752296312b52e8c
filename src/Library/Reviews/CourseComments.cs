using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Classroom.Library.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Reviews;

/// <summary>What reviewers and authors say to each other about a film, each pinned to a moment of it.</summary>
internal sealed class CourseComments(ClassroomDb db, CourseLoader loader, Notifications inbox, TimeProvider time)
{
    private const int LongestText = 1000;
    private const int MostComments = 500;

    public async Task<Reply<CommentInfo[]>> ReadAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        return found.Value is null ? found.Problem! : await AllAsync(id, caller, cancellationToken);
    }

    public async Task<Reply<CommentInfo[]>> AddAsync(string id, CommentAdd request, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        var text = request.Text?.Trim() ?? "";
        if (text.Length is 0 or > LongestText || request.AtMs < 0 || await db.CourseComments.CountAsync(comment => comment.MicroCourseId == id, cancellationToken) >= MostComments)
        {
            return Problems.Invalid([new ApiProblemField("text", $"A comment has 1 to {LongestText} characters.")]);
        }

        db.CourseComments.Add(new CourseComment { MicroCourseId = id, AccountId = caller.AccountId, AtMs = request.AtMs, Text = text, CreatedAt = time.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(cancellationToken);
        await inbox.CommentedAsync(course, caller, text, cancellationToken);
        return await AllAsync(id, caller, cancellationToken);
    }

    /// <summary>Ticks it off, or opens it again: both sides may.</summary>
    public async Task<Reply<CommentInfo[]>> TickAsync(string id, string commentId, CommentTick request, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        if (found.Value is null)
        {
            return found.Problem!;
        }

        var changed = await db.CourseComments.Where(comment => comment.Id == commentId && comment.MicroCourseId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.IsDone, request.IsDone), cancellationToken);
        return changed == 1 ? await AllAsync(id, caller, cancellationToken) : Problems.CommentNotFound;
    }

    private Task<CommentInfo[]> AllAsync(string id, Caller caller, CancellationToken cancellationToken) => db.CourseComments
        .Where(comment => comment.MicroCourseId == id)
        .OrderBy(comment => comment.AtMs ?? -1).ThenBy(comment => comment.CreatedAt)
        .Select(comment => new CommentInfo(comment.Id, comment.AtMs, comment.Text, comment.Account!.DisplayName, comment.AccountId == caller.AccountId, comment.IsDone, comment.CreatedAt))
        .ToArrayAsync(cancellationToken);
}
