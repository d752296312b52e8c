using System.Globalization;
using Classroom.Data;
using Classroom.Library.Cards;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Play;

/// <summary>Opens a film for one play session, and remembers who opened it.</summary>
internal sealed class CoursePlayer(ClassroomDb db, CourseLoader loader, CourseCards cards, IMediaLinks links, IOptions<LibraryOptions> options, TimeProvider time)
{
    private const int MostNext = 6;

    public async Task<Reply<CoursePlay>> PlayAsync(string id, Caller caller, string? address, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, MayPlay, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (course.Rendition is not { } film)
        {
            return Problems.NotPlayable;
        }

        var lifetime = TimeSpan.FromMinutes(options.Value.PlayMinutes);
        await LogAsync(course, caller, address, lifetime, cancellationToken);
        var card = await cards.ReadAsync(db.MicroCourses.Where(row => row.Id == id), cancellationToken);
        var next = await cards.ReadAsync(NextInChapter(course), cancellationToken);
        var prefix = film.HlsKey[..(film.HlsKey.LastIndexOf('/') + 1)];
        return new CoursePlay(
            card[0], course.Description, links.Issue(prefix, lifetime), (int)lifetime.TotalSeconds,
            Below(prefix, film.HlsKey), Below(prefix, film.Mp4Key), Below(prefix, film.CoverKey), Below(prefix, film.StoryboardVttKey),
            [.. DraftReader.Chapters(course).Where(chapter => chapter.AtMs < film.DurationMs)], next);
    }

    /// <summary>Counts a play of a published course, one a day (UTC) for each viewer.</summary>
    /// <returns>False when there is no such course.</returns>
    public async Task<bool> CountAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var published = db.MicroCourses.Where(course => course.Id == id && course.State == CourseState.Published);
        if (!await published.AnyAsync(cancellationToken))
        {
            return false;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var key = string.Create(CultureInfo.InvariantCulture, $"play/{now:yyyyMMdd}/{caller.AccountId}/{id}");
        if (await db.AccessLog.AnyAsync(entry => entry.Id == key, cancellationToken))
        {
            return true;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.AccessLog.Add(new AccessLogEntry { Id = key, At = now, AccountId = caller.AccountId, ObjectKind = "play", ObjectId = id });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another page of the same viewer was first.
            return true;
        }

        await published.ExecuteUpdateAsync(set => set.SetProperty(course => course.Plays, course => course.Plays + 1), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static bool MayPlay(Caller caller, MicroCourse course) =>
        course.State == CourseState.Published || CourseRights.MaySeeDraft(caller, course);

    private static string Below(string prefix, string key) =>
        key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : throw new InvalidOperationException($"{key} does not lie below {prefix}.");

    private IQueryable<MicroCourse> NextInChapter(MicroCourse course) => db.MicroCourses
        .Where(row => row.State == CourseState.Published && row.NodeId == course.NodeId && row.NodeId != null && row.Id != course.Id)
        .OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id).Take(MostNext);

    /// <summary>One row a session: a player that renews its links within their lifetime is still the same one.</summary>
    private async Task LogAsync(MicroCourse course, Caller caller, string? address, TimeSpan session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var since = now - session;
        if (await db.AccessLog.AnyAsync(
            entry => entry.ObjectKind == "course" && entry.ObjectId == course.Id && entry.AccountId == caller.AccountId && entry.Address == address && entry.At > since, cancellationToken))
        {
            return;
        }

        db.AccessLog.Add(new AccessLogEntry { At = now, AccountId = caller.AccountId, ObjectKind = "course", ObjectId = course.Id, Address = address });
        await db.SaveChangesAsync(cancellationToken);
    }
}
