using System.Globalization;
using Classroom.Data;
using Classroom.Library.Cards;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Classroom.Library.Questions;
using Classroom.Library.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Play;

/// <summary>Opens a film for one play session, and remembers who opened it.</summary>
internal sealed class CoursePlayer(ClassroomDb db, CourseLoader loader, CourseCards cards, PointTimes points, CourseAwards awards, IMediaLinks links, IOptions<LibraryOptions> options, TimeProvider time)
{
    private const int MostNext = 6;

    public async Task<Reply<CoursePlay>> PlayAsync(string id, Caller caller, string? address, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayPlay, cancellationToken);
        return found.Value is { } course ? await OpenAsync(course, caller, address, cancellationToken) : found.Problem!;
    }

    /// <summary>For somebody who is not signed in: public courses, and nothing that is anybody's own.</summary>
    public async Task<Reply<CoursePlay>> PlayPublicAsync(string id, string? address, CancellationToken cancellationToken) =>
        await loader.LoadPublicAsync(id, cancellationToken) is { } course ? await OpenAsync(course, caller: null, address, cancellationToken) : Problems.CourseNotFound;

    private async Task<Reply<CoursePlay>> OpenAsync(MicroCourse course, Caller? caller, string? address, CancellationToken cancellationToken)
    {
        if (course.Rendition is not { } film)
        {
            return Problems.NotPlayable;
        }

        var lifetime = TimeSpan.FromMinutes(options.Value.PlayMinutes);
        await LogAsync(course, caller, address, lifetime, cancellationToken);
        var card = await cards.ReadAsync(db.MicroCourses.Where(row => row.Id == course.Id), cancellationToken);
        var next = await cards.ReadAsync(NextInChapter(course, onlyPublic: caller is null), cancellationToken);
        var prefix = film.HlsKey[..(film.HlsKey.LastIndexOf('/') + 1)];
        return new CoursePlay(
            card[0], course.Description, links.Issue(prefix, lifetime), (int)lifetime.TotalSeconds,
            Below(prefix, film.HlsKey), Below(prefix, film.Mp4Key), Below(prefix, film.CoverKey), Below(prefix, film.StoryboardVttKey),
            DraftReader.ChaptersOfFilm(course, film), next,
            await points.ReadAsync(course, cancellationToken), await awards.ReadAsync(course.Id, cancellationToken),
            caller is null ? 0 : await ResumeAsync(course.Id, caller, cancellationToken),
            caller is null ? new CoursePermissions(false, false, false, false, false) : MayDo(caller, course), Captions.OfFilm(course), course.IsPublic, FilmQuestions.OfFilm(course));
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

    private Task<long> ResumeAsync(string id, Caller caller, CancellationToken cancellationToken) => db.CourseWatches
        .Where(watch => watch.MicroCourseId == id && watch.AccountId == caller.AccountId).Select(watch => watch.PositionMs).FirstOrDefaultAsync(cancellationToken);

    private static CoursePermissions MayDo(Caller caller, MicroCourse course)
    {
        var (edits, reviews) = (CourseRights.MayEdit(caller, course), CourseRights.IsReviewer(caller));
        return new CoursePermissions(
            edits || reviews,
            (edits || reviews) && course.State == CourseState.Published && course.ReviewLevel is null && course.ApprovedLevel != ReviewLevel.City,
            edits || reviews || caller.Is(AccountRole.Supervisor),
            edits,
            CourseDeletion.MayDelete(caller, course.AuthorAccountId, course.State));
    }

    private static string Below(string prefix, string key) =>
        key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : throw new InvalidOperationException($"{key} does not lie below {prefix}.");

    private IQueryable<MicroCourse> NextInChapter(MicroCourse course, bool onlyPublic) => db.MicroCourses
        .Where(row => row.State == CourseState.Published && row.NodeId == course.NodeId && row.NodeId != null && row.Id != course.Id && (row.IsPublic || !onlyPublic))
        .OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id).Take(MostNext);

    /// <summary>One row a session: a player that renews its links within their lifetime is still the same one.</summary>
    private async Task LogAsync(MicroCourse course, Caller? caller, string? address, TimeSpan session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var since = now - session;
        var accountId = caller?.AccountId;
        if (await db.AccessLog.AnyAsync(
            entry => entry.ObjectKind == "course" && entry.ObjectId == course.Id && entry.AccountId == accountId && entry.Address == address && entry.At > since, cancellationToken))
        {
            return;
        }

        db.AccessLog.Add(new AccessLogEntry { At = now, AccountId = accountId, ObjectKind = "course", ObjectId = course.Id, Address = address });
        await db.SaveChangesAsync(cancellationToken);
    }
}
