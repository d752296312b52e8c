using Classroom.Data;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Lessons;

/// <summary>The page after sign-in: what is next, the week, and what waits.</summary>
internal static class TodayEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/today", TodayAsync);

    private static async Task<IResult> TodayAsync(HttpContext context, ClassroomDb db, LessonCards cards, TimeProvider time, IOptions<SignalingOptions> options, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        var region = await LessonEndpoints.RegionOfAsync(db, caller, ct);
        var now = time.GetUtcNow();
        var (from, to) = WeekOf(now, TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone));

        // A film that was sent lies under recordings: nobody held that lesson here.
        var yesterday = from.AddDays(-1);
        var sent = await db.MediaUploads.Where(upload => upload.RecordedAt >= yesterday && upload.RecordedAt < to).Select(upload => upload.Id).ToListAsync(ct);
        var week = await cards.ReadAsync(
            all => LessonRights.Visible(all, caller, region)
                .Where(lesson => lesson.State != LessonState.Cancelled
                    && !sent.Contains(lesson.Id)
                    && (lesson.IsAlwaysOpen || (lesson.PlannedStart < to && lesson.PlannedEnd > from) || lesson.State == LessonState.Live))
                .OrderBy(lesson => lesson.PlannedStart),
            ct);
        var alwaysOpen = await db.Lessons.Where(lesson => lesson.IsAlwaysOpen).Select(lesson => lesson.Id).ToListAsync(ct);
        return Results.Ok(new TodayReply(Next(week, alwaysOpen), week, await WaitingAsync(db, caller, ct), now.UtcDateTime));
    }

    // A planned lesson goes before one that is always there.
    private static LessonCard? Next(LessonCard[] week, List<string> alwaysOpen) => week
        .Where(card => card.Phase is "check" or "enter")
        .OrderBy(card => alwaysOpen.Contains(card.Id))
        .ThenBy(card => card.State != LessonState.Live)
        .ThenBy(card => card.State != LessonState.Open)
        .ThenBy(card => card.PlannedStart)
        .FirstOrDefault();

    /// <summary>Monday to Monday in the installation's zone.</summary>
    private static (DateTime From, DateTime To) WeekOf(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return (TimeZoneInfo.ConvertTimeToUtc(monday, zone), TimeZoneInfo.ConvertTimeToUtc(monday.AddDays(7), zone));
    }

    private static async Task<WaitingItem[]> WaitingAsync(ClassroomDb db, Caller caller, CancellationToken ct)
    {
        var mine = db.MicroCourses.Where(course => course.AuthorAccountId == caller.AccountId);
        List<WaitingItem> items =
        [
            new("drafts", await mine.CountAsync(course => course.State == CourseState.Draft, ct), "/courses"),
            new("returned", await mine.CountAsync(course => course.State == CourseState.Returned, ct), "/courses"),
        ];
        if (caller.Is(AccountRole.Reviewer, AccountRole.Administrator))
        {
            items.Add(new("reviews", await db.MicroCourses.CountAsync(course => course.State == CourseState.InReview, ct), "/reviews"));
        }

        return [.. items.Where(item => item.Count > 0)];
    }
}
