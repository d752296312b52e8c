using Classroom.Data;
using Classroom.Recorder.Retention;
using Classroom.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Recorder.Tests.Retention;

/// <summary>Rules, orders and the sweep over a database of their own; files are another test's business.</summary>
internal sealed class RetentionRig : IAsyncDisposable
{
    public static readonly DateTimeOffset Today = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private RetentionRig(TestDatabase database)
    {
        Database = database;
        Orders = new DeletionOrders(database, new JobQueue(database, Clock), Clock);
        Sweep = new RetentionSweep(database, Orders, meter: null!, Clock, NullLogger<RetentionSweep>.Instance);
    }

    public TestDatabase Database { get; }

    public StoppedClock Clock { get; } = new(Today);

    public DeletionOrders Orders { get; }

    public RetentionSweep Sweep { get; }

    public static Caller Administrator { get; } = new("admin", AccountRole.Administrator, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RetentionRig> CreateAsync(TestProvider provider)
    {
        var rig = new RetentionRig(await TestDatabase.CreateAsync(provider));
        await using var db = rig.Database.Create();
        db.Accounts.Add(new Account { Id = "admin", UserName = "admin", DisplayName = "管理员", Role = AccountRole.Administrator });
        await db.SaveChangesAsync(Cancel);
        return rig;
    }

    public RetentionDesk Desk(ClassroomDb db) => new(db, Clock);

    public async Task AddRecordingAsync(string id, int daysAgo, RoomKind kind = RoomKind.Synchronous, RecordingState state = RecordingState.Ready)
    {
        await using var db = Database.Create();
        db.Lessons.Add(new Lesson { Id = id, Title = id, Kind = kind, State = LessonState.Ended });
        db.Recordings.Add(new Recording
        {
            LessonId = id,
            State = state,
            StartedAt = Today.UtcDateTime.AddDays(-daysAgo),
            StoredBytes = 1000,
            Tracks = [new RecordingTrack { LessonId = id, ParticipantId = "p", Group = "TeacherCloseUp", State = TrackState.Stored }],
            Gaps = [new RecordingGap { LessonId = id, Reason = "restart" }],
        });
        await db.SaveChangesAsync(Cancel);
    }

    public async Task AddCourseAsync(string id, string? lessonId, int daysAgo, CourseState state = CourseState.Published)
    {
        await using var db = Database.Create();
        var at = Today.UtcDateTime.AddDays(-daysAgo);
        db.MicroCourses.Add(new MicroCourse { Id = id, Title = id, LessonId = lessonId, AuthorAccountId = "admin", State = state, UpdatedAt = at, PublishedAt = state is CourseState.Published ? at : null });
        await db.SaveChangesAsync(Cancel);
    }

    /// <summary>A rule that was made long ago.</summary>
    public async Task AddRuleAsync(RetentionKind kind, int? days)
    {
        await using var db = Database.Create();
        db.RetentionRules.Add(new RetentionRule { Kind = kind, Days = days, ChangedAt = Today.UtcDateTime.AddYears(-1) });
        await db.SaveChangesAsync(Cancel);
    }

    public async Task HoldAsync(string lessonId)
    {
        await using var db = Database.Create();
        Assert.True(await Desk(db).HoldAsync(lessonId, "家长申诉", Administrator, Cancel));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
