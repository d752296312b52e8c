using Classroom.Data;
using Classroom.Recorder.Retention;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Retention;

/// <summary>What goes by which rule, and what stays.</summary>
public sealed class RuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task A_rule_deletes_what_is_older_of_its_kind_and_nothing_else(TestProvider provider)
    {
        await using var rig = await RetentionRig.CreateAsync(provider);
        await rig.AddRecordingAsync("old", daysAgo: 400);
        await rig.AddRecordingAsync("failed", daysAgo: 400, state: RecordingState.Failed);
        await rig.AddRecordingAsync("young", daysAgo: 364);
        await rig.AddRecordingAsync("research", daysAgo: 400, RoomKind.Research);
        await rig.AddRecordingAsync("unfinished", daysAgo: 400, state: RecordingState.Finishing);
        await rig.AddRecordingAsync("held", daysAgo: 400);
        await rig.HoldAsync("held");
        await rig.AddCourseAsync("cut", "old", daysAgo: 400);
        await rig.AddRuleAsync(RetentionKind.Synchronous, 365);
        await rig.AddRuleAsync(RetentionKind.Research, null);

        Assert.Equal(2, await rig.Sweep.ApplyAsync(Cancel));
        Assert.Equal(0, await rig.Sweep.ApplyAsync(Cancel));

        await using var db = rig.Database.Create();
        Assert.Equal(["held", "research", "unfinished", "young"], await db.Recordings.Select(row => row.LessonId).Order().ToListAsync(Cancel));
        Assert.Equal(4, await db.RecordingTracks.CountAsync(Cancel));
        Assert.Equal(["cut"], await db.MicroCourses.Select(course => course.Id).ToListAsync(Cancel));
        var records = await db.DeletionRecords.OrderBy(record => record.SubjectId).ToListAsync(Cancel);
        Assert.Equal([("failed", 365), ("old", 365)], records.Select(record => (record.SubjectId, record.Days!.Value)));
        Assert.Equal(2, await db.Jobs.CountAsync(job => job.Kind == JobKinds.DeleteMedia, Cancel));
    }

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task What_goes_within_thirty_days_is_listed_with_its_reason_and_bytes(TestProvider provider)
    {
        await using var rig = await RetentionRig.CreateAsync(provider);
        await rig.AddRecordingAsync("soon", daysAgo: 80);
        await rig.AddRecordingAsync("later", daysAgo: 50);
        await rig.AddCourseAsync("cut", "soon", daysAgo: 10);
        await rig.AddCourseAsync("film", null, daysAgo: 20);
        await rig.AddCourseAsync("waits", null, daysAgo: 20, CourseState.InReview);
        await rig.AddRuleAsync(RetentionKind.Synchronous, 90);
        await rig.AddRuleAsync(RetentionKind.MicroCourse, 30);

        await using var db = rig.Database.Create();
        var due = await rig.Desk(db).DueAsync(Cancel);

        Assert.Equal((3, 1000L), (due.Total, due.Bytes));
        Assert.Equal(["cut", "film", "soon"], due.Items.Select(item => item.Id).Order());
        var soon = due.Items.Single(item => item.Id == "soon");
        Assert.Equal((90, 1, RetentionRig.Today.UtcDateTime.AddDays(10)), (soon.Days, soon.CourseCount, soon.DueAt));
    }

    [Fact]
    public async Task A_changed_rule_waits_a_week_and_shows_meanwhile_what_it_will_delete()
    {
        await using var rig = await RetentionRig.CreateAsync(TestProvider.Sqlite);
        await rig.AddRecordingAsync("old", daysAgo: 400);
        await using var db = rig.Database.Create();
        Assert.Null(await rig.Desk(db).ChangeAsync(RetentionKind.Synchronous, 30, RetentionRig.Administrator, Cancel));

        Assert.Equal(RetentionRig.Today.UtcDateTime.AddDays(7), Assert.Single((await rig.Desk(db).DueAsync(Cancel)).Items).DueAt);
        rig.Clock.Now += TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await rig.Sweep.ApplyAsync(Cancel));
        rig.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(1, await rig.Sweep.ApplyAsync(Cancel));
    }

    [Fact]
    public async Task Without_a_rule_everything_is_kept()
    {
        await using var rig = await RetentionRig.CreateAsync(TestProvider.Sqlite);
        await rig.AddRecordingAsync("old", daysAgo: 4000);

        Assert.Equal(0, await rig.Sweep.ApplyAsync(Cancel));
        await using var db = rig.Database.Create();
        Assert.All(await rig.Desk(db).RulesAsync(Cancel), rule => Assert.Null(rule.Days));
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(3651)]
    public async Task A_rule_of_nonsense_is_refused(int days)
    {
        await using var rig = await RetentionRig.CreateAsync(TestProvider.Sqlite);
        await using var db = rig.Database.Create();
        Assert.Equal("invalid", (await rig.Desk(db).ChangeAsync(RetentionKind.Event, days, RetentionRig.Administrator, Cancel))!.Code);
    }

    [Fact]
    public async Task What_is_held_is_deleted_by_nobody_until_the_hold_ends_and_the_hold_is_remembered()
    {
        await using var rig = await RetentionRig.CreateAsync(TestProvider.Sqlite);
        await rig.AddRecordingAsync("held", daysAgo: 400);
        await rig.AddCourseAsync("cut", "held", daysAgo: 400);
        await rig.AddRuleAsync(RetentionKind.Synchronous, 30);
        await rig.AddRuleAsync(RetentionKind.MicroCourse, 30);
        await rig.HoldAsync("held");
        var order = DeletionOrder.ByPerson("admin", "不要了");

        Assert.Equal(0, await rig.Sweep.ApplyAsync(Cancel));
        Assert.Equal(DeletionOutcome.Held, await rig.Orders.RecordingAsync("held", order, Cancel));
        Assert.Equal(DeletionOutcome.Held, await rig.Orders.CourseAsync("cut", order, Cancel));

        await using var db = rig.Database.Create();
        Assert.True(await rig.Desk(db).ReleaseAsync("held", RetentionRig.Administrator, Cancel));
        Assert.Equal(DeletionOutcome.Ordered, await rig.Orders.RecordingAsync("held", order, Cancel));
        var hold = Assert.Single(await rig.Desk(db).HoldsAsync(Cancel));
        Assert.Equal(("家长申诉", "管理员", "管理员", "held"), (hold.Reason, hold.ByName, hold.ReleasedBy, hold.Title));
        var deletion = Assert.Single(await rig.Desk(db).DeletionsAsync(Cancel));
        Assert.Equal((DeletionCause.Person, "管理员", "不要了"), (deletion.Cause, deletion.ByName, deletion.Reason));
    }

    [Fact]
    public async Task What_is_being_worked_on_is_not_deleted()
    {
        await using var rig = await RetentionRig.CreateAsync(TestProvider.Sqlite);
        await rig.AddRecordingAsync("old", daysAgo: 400);
        await rig.AddCourseAsync("cut", "old", daysAgo: 1, CourseState.Draft);
        await new JobQueue(rig.Database, rig.Clock).EnqueueAsync(JobKinds.RenderCourse, "cut", cancellationToken: Cancel);

        Assert.Equal(DeletionOutcome.Busy, await rig.Orders.RecordingAsync("old", DeletionOrder.ByRule(30), Cancel));
        await using var db = rig.Database.Create();
        Assert.Equal(1, await db.RecordingTracks.CountAsync(Cancel));
    }

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task A_deleted_micro_course_leaves_no_row_that_names_it_but_the_record_and_the_word_to_its_owner(TestProvider provider)
    {
        await using var rig = await RetentionRig.CreateAsync(provider);
        await rig.AddCourseAsync("course", null, daysAgo: 400);
        await rig.AddCourseAsync("other", null, daysAgo: 1);
        await using (var db = rig.Database.Create())
        {
            var film = new Rendition { MicroCourseId = "course", HlsKey = "h", Mp4Key = "m", CoverKey = "c", StoryboardKey = "s", StoryboardVttKey = "v" };
            db.Renditions.Add(film);
            (await db.MicroCourses.SingleAsync(course => course.Id == "course", Cancel)).Rendition = film;
            db.AddRange(
                new CourseChapter { MicroCourseId = "course", Title = "一" },
                new CourseCue { MicroCourseId = "course", Text = "你好" },
                new CourseFile { MicroCourseId = "course", Name = "a.pdf", ObjectKey = "k" },
                new CourseSeries { Id = "series", Title = "系列", Items = [new CourseSeriesItem { SeriesId = "series", MicroCourseId = "course" }] },
                new CourseReview { MicroCourseId = "course", ReviewerAccountId = "admin" },
                new CourseComment { MicroCourseId = "course", AccountId = "admin", Text = "好" },
                new CourseWatch { MicroCourseId = "course", AccountId = "admin" },
                new CourseWatchDay { MicroCourseId = "course", AccountId = "admin", Day = DateOnly.FromDateTime(RetentionRig.Today.UtcDateTime) },
                new CourseNote { MicroCourseId = "course", AccountId = "admin", Text = "记" },
                new Notification { AccountId = "admin", CourseId = "course", Title = "t" },
                new ShelfRow { CourseId = "course", TeacherName = "张老师" });
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal(DeletionOutcome.Ordered, await rig.Orders.CourseAsync("course", DeletionOrder.ByRule(365), Cancel));

        await using var left = rig.Database.Create();
        Assert.Equal(["other"], await left.MicroCourses.Select(course => course.Id).ToListAsync(Cancel));
        Assert.Equal(0, await left.Set<CourseChapter>().CountAsync(Cancel) + await left.Set<CourseCue>().CountAsync(Cancel) + await left.Set<CourseSeriesItem>().CountAsync(Cancel)
            + await left.Renditions.CountAsync(Cancel) + await left.CourseFiles.CountAsync(Cancel) + await left.CourseReviews.CountAsync(Cancel) + await left.CourseComments.CountAsync(Cancel)
            + await left.CourseWatches.CountAsync(Cancel) + await left.CourseWatchDays.CountAsync(Cancel) + await left.CourseNotes.CountAsync(Cancel) + await left.Notifications.CountAsync(row => row.Kind != NotificationKind.CourseDeleted, Cancel));
        Assert.Equal("course", (await left.Notifications.SingleAsync(Cancel)).CourseId);
        var shelf = await left.CourseShelf.SingleAsync(Cancel);
        Assert.Equal(("", false), (shelf.TeacherName, shelf.IsShown));
        Assert.Equal("course", (await left.DeletionRecords.SingleAsync(Cancel)).SubjectId);
    }
}
