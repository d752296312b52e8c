using Classroom.Data;
using Classroom.Recorder.Retention;
using Classroom.Recorder.Store;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Retention;

/// <summary>One micro-course, deleted by hand: by whom, when, and what is told before.</summary>
public sealed class CourseDeletionTests : IDisposable
{
    private static readonly Caller s_author = new("author", AccountRole.Teacher, null);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CourseState.Draft, "")]
    [InlineData(CourseState.Failed, "")]
    [InlineData(CourseState.Ready, "")]
    [InlineData(CourseState.Returned, "")]
    [InlineData(CourseState.Withdrawn, "")]
    [InlineData(CourseState.Rendering, "course_busy")]
    [InlineData(CourseState.InReview, "course_busy")]
    [InlineData(CourseState.Published, "course_published")]
    public async Task Its_author_deletes_it_while_the_catalogue_does_not_have_it(CourseState state, string refusal)
    {
        await using var rig = await RigAsync(TestProvider.Sqlite, state);
        await using var db = rig.Database.Create();

        Assert.Equal(refusal, (await Desk(rig, db).DeleteAsync("cut", reason: null, s_author, Cancel))?.Code ?? "");
        Assert.Equal(refusal.Length > 0, await db.MicroCourses.AnyAsync(Cancel));
        Assert.False(await db.Notifications.AnyAsync(row => row.AccountId == "author", Cancel));
        Assert.Equal(refusal.Length > 0 ? 0 : 1, await db.Jobs.CountAsync(job => job.Kind == JobKinds.DeleteMedia, Cancel));
    }

    [Fact]
    public async Task An_administrator_deletes_also_what_is_published_and_says_why()
    {
        await using var rig = await RigAsync(TestProvider.Sqlite, CourseState.Published);
        await using var db = rig.Database.Create();

        Assert.Equal("reason_missing", (await Desk(rig, db).DeleteAsync("cut", reason: null, RetentionRig.Administrator, Cancel))?.Code);
        Assert.Null(await Desk(rig, db).DeleteAsync("cut", "家长要求", RetentionRig.Administrator, Cancel));

        var record = await db.DeletionRecords.SingleAsync(Cancel);
        Assert.Equal((RetentionKind.MicroCourse, "cut", DeletionCause.Person, "admin", "家长要求"), (record.Kind, record.SubjectId, record.Cause, record.AccountId, record.Reason));
        var news = await db.Notifications.SingleAsync(row => row.AccountId == "author", Cancel);
        Assert.Equal((NotificationKind.CourseDeleted, "cut", record.Title, "家长要求"), (news.Kind, news.CourseId, news.Title, news.Words));
        Assert.False(await db.Notifications.AnyAsync(row => row.AccountId == "admin", Cancel));
        Assert.Equal("course_not_found", (await Desk(rig, db).DeleteAsync("cut", "家长要求", RetentionRig.Administrator, Cancel))?.Code);
    }

    [Theory]
    [InlineData(AccountRole.Student)]
    [InlineData(AccountRole.Teacher)]
    [InlineData(AccountRole.Editor)]
    [InlineData(AccountRole.Reviewer)]
    [InlineData(AccountRole.Supervisor)]
    [InlineData(AccountRole.Technician)]
    public async Task For_everybody_else_there_is_nothing_to_delete(AccountRole role)
    {
        await using var rig = await RigAsync(TestProvider.Sqlite, CourseState.Draft);
        await using var db = rig.Database.Create();
        var stranger = new Caller("stranger", role, null);

        Assert.Null(await Desk(rig, db).PreviewAsync("cut", stranger, Cancel));
        Assert.Equal("course_not_found", (await Desk(rig, db).DeleteAsync("cut", "why", stranger, Cancel))?.Code);
        Assert.True(await db.MicroCourses.AnyAsync(Cancel));
    }

    [Fact]
    public async Task What_will_go_is_told_before()
    {
        await using var rig = await RigAsync(TestProvider.Sqlite, CourseState.Withdrawn);
        await using var db = rig.Database.Create();
        db.AddRange(
            new CourseFile { MicroCourseId = "cut", Name = "a.pdf", ObjectKey = "k" },
            new CourseComment { MicroCourseId = "cut", AccountId = "admin", Text = "好" },
            new CourseReview { MicroCourseId = "cut", ReviewerAccountId = "admin" },
            new CourseWatch { MicroCourseId = "cut", AccountId = "admin", WatchedSeconds = 90 },
            new CourseWatch { MicroCourseId = "cut", AccountId = "author" });
        await db.SaveChangesAsync(Cancel);
        await Store().PutFileAsync("courses/cut/film/film.mp4", _folder.Write("film", [1, 2, 3, 4]), Cancel);

        var mine = (await Desk(rig, db).PreviewAsync("cut", s_author, Cancel))!;

        Assert.Equal((4L, 1, 1, 90L, 1, 1), (mine.Bytes, mine.Files, mine.Viewers, mine.WatchedSeconds, mine.Comments, mine.Reviews));
        Assert.Equal((false, false, false), (mine.IsHeld, mine.AsksWhy, mine.HasFilm));
        await rig.HoldAsync("lesson");
        var theirs = (await Desk(rig, db).PreviewAsync("cut", RetentionRig.Administrator, Cancel))!;
        Assert.Equal((true, true), (theirs.IsHeld, theirs.AsksWhy));
        Assert.Equal("course_held", (await Desk(rig, db).DeleteAsync("cut", "why", RetentionRig.Administrator, Cancel))?.Code);
    }

    [Fact]
    public async Task A_hold_that_is_being_set_at_the_same_moment_wins()
    {
        await using var rig = await RigAsync(TestProvider.Postgres, CourseState.Draft);
        await using var holder = rig.Database.Create();
        await using var transaction = await holder.Database.BeginTransactionAsync(Cancel);
        await holder.Recordings.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsHeld, true), Cancel);

        var deletion = Task.Run(() => rig.Orders.CourseAsync("cut", DeletionOrder.ByPerson("admin", ""), Cancel), Cancel);
        await WaitsOrEndsAsync(rig, deletion);
        await transaction.CommitAsync(Cancel);

        Assert.Equal(DeletionOutcome.Held, await deletion);
        Assert.True(await holder.MicroCourses.AnyAsync(Cancel));
    }

    [Fact]
    public async Task A_course_that_is_published_at_the_same_moment_stays()
    {
        await using var rig = await RigAsync(TestProvider.Postgres, CourseState.Ready);
        await using var other = rig.Database.Create();
        await using var transaction = await other.Database.BeginTransactionAsync(Cancel);
        await other.MicroCourses.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, CourseState.Published), Cancel);

        var deletion = Task.Run(() => rig.Orders.CourseAsync("cut", DeletionOrder.ByPerson("author", ""), Cancel, seen: CourseState.Ready), Cancel);
        await WaitsOrEndsAsync(rig, deletion);
        await transaction.CommitAsync(Cancel);

        Assert.Equal(DeletionOutcome.Busy, await deletion);
        Assert.True(await other.MicroCourses.AnyAsync(Cancel));
    }

    private static async Task<RetentionRig> RigAsync(TestProvider provider, CourseState state)
    {
        var rig = await RetentionRig.CreateAsync(provider);
        await using var db = rig.Database.Create();
        db.Accounts.Add(new Account { Id = "author", UserName = "author", DisplayName = "张老师", Role = AccountRole.Teacher });
        await db.SaveChangesAsync(Cancel);
        await rig.AddRecordingAsync("lesson", daysAgo: 1);
        await rig.AddCourseAsync("cut", "lesson", daysAgo: 1, state);
        await db.MicroCourses.ExecuteUpdateAsync(set => set.SetProperty(row => row.AuthorAccountId, "author"), Cancel);
        return rig;
    }

    /// <summary>Until the database says that somebody waits for a lock, or the work is over without waiting.</summary>
    private static async Task WaitsOrEndsAsync(RetentionRig rig, Task work)
    {
        await using var db = rig.Database.Create();
        while (!work.IsCompleted && await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").SingleAsync(Cancel) == 0)
        {
            await Task.Yield();
        }
    }

    private FolderObjectStore Store() => new(_folder.File("store"));

    private CourseDeletionDesk Desk(RetentionRig rig, ClassroomDb db) => new(db, Store(), rig.Orders);
}
