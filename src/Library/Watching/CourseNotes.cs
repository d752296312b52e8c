using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Watching;

/// <summary>A viewer's own notes. Nobody else reads them, whatever their role.</summary>
internal sealed class CourseNotes(ClassroomDb db, TimeProvider time)
{
    private const int LongestText = 1000;
    private const int MostNotes = 200;

    public Task<NoteInfo[]> ReadAsync(string id, Caller caller, CancellationToken cancellationToken) => Mine(id, caller)
        .OrderBy(note => note.AtMs).ThenBy(note => note.CreatedAt).Select(note => new NoteInfo(note.Id, note.AtMs, note.Text)).ToArrayAsync(cancellationToken);

    public async Task<Reply<NoteInfo[]>> AddAsync(string id, NoteAdd request, Caller caller, CancellationToken cancellationToken)
    {
        if (!await db.MicroCourses.AnyAsync(course => course.Id == id && course.State == CourseState.Published, cancellationToken))
        {
            return Problems.CourseNotFound;
        }

        var text = request.Text?.Trim() ?? "";
        if (text.Length is 0 or > LongestText || request.AtMs < 0 || await Mine(id, caller).CountAsync(cancellationToken) >= MostNotes)
        {
            return Problems.Invalid([new ApiProblemField("text", $"A note has 1 to {LongestText} characters, and a film at most {MostNotes} notes.")]);
        }

        db.CourseNotes.Add(new CourseNote { MicroCourseId = id, AccountId = caller.AccountId, AtMs = request.AtMs, Text = text, CreatedAt = time.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(cancellationToken);
        return await ReadAsync(id, caller, cancellationToken);
    }

    public async Task<Reply<NoteInfo[]>> RemoveAsync(string id, string noteId, Caller caller, CancellationToken cancellationToken) =>
        await Mine(id, caller).Where(note => note.Id == noteId).ExecuteDeleteAsync(cancellationToken) == 1
            ? await ReadAsync(id, caller, cancellationToken)
            : Problems.NoteNotFound;

    private IQueryable<CourseNote> Mine(string id, Caller caller) => db.CourseNotes.Where(note => note.MicroCourseId == id && note.AccountId == caller.AccountId);
}
