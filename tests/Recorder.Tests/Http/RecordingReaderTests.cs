using Classroom.Data;
using Classroom.Recorder.Contracts;
using Classroom.Recorder.Http;
using Classroom.Recorder.Links;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Tests.Http;

public sealed class RecordingReaderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AccountRole.Teacher, "teacher", null, true)]
    [InlineData(AccountRole.Teacher, "colleague", "school", true)]
    [InlineData(AccountRole.Teacher, "stranger", "other", false)]
    [InlineData(AccountRole.Technician, "tech", "school", true)]
    [InlineData(AccountRole.Technician, "tech", null, false)]
    [InlineData(AccountRole.Student, "pupil", "school", false)]
    [InlineData(AccountRole.Editor, "editor", null, true)]
    [InlineData(AccountRole.Reviewer, "reviewer", null, true)]
    [InlineData(AccountRole.Supervisor, "bureau", null, true)]
    [InlineData(AccountRole.Administrator, "admin", null, true)]
    public async Task Recordings_are_open_to_those_who_work_with_them(AccountRole role, string account, string? school, bool sees)
    {
        await using var database = await SeededAsync(TestProvider.Sqlite);
        await using var db = database.Create();
        var (reader, caller) = (NewReader(db), new Caller(account, role, school));

        Assert.Equal(sees ? 1 : 0, (await reader.ListAsync(caller, Cancel)).Length);
        Assert.Equal(sees, await reader.OpenAsync(caller, "lesson", "10.0.0.1", Cancel) is not null);
        Assert.Equal(sees ? 1 : 0, await db.AccessLog.CountAsync(entry => entry.ObjectKind == "recording" && entry.AccountId == account, Cancel));
    }

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task An_open_recording_has_tracks_gaps_events_and_links(TestProvider provider)
    {
        await using var database = await SeededAsync(provider);
        await using var db = database.Create();
        var detail = await NewReader(db).OpenAsync(new Caller("admin", AccountRole.Administrator, null), "lesson", null, Cancel);

        var track = Assert.Single(detail!.Tracks);
        Assert.Equal(("room/TeacherCloseUp", "星海小学"), (track.SeatRef, track.SchoolName));
        Assert.Equal(detail.MediaBase + "t1/index.m3u8", track.PlaylistUrl);
        Assert.Equal(detail.MediaBase + "t1/capture.mkv", track.FileUrl);
        Assert.Equal(new RecordingArchive(detail.MediaBase + "seats.{language}.zip", 1, 0), detail.Archive);
        Assert.Equal((1000L, 2000L, "paused: 休息"), (detail.Gaps[0].FromMs, detail.Gaps[0].ToMs, detail.Gaps[0].Reason));
        Assert.Equal(["mark"], detail.Events.Select(e => e.Kind));
        Assert.EndsWith("/cover.jpg", detail.Row.CoverUrl, StringComparison.Ordinal);
        Assert.Equal(["星海小学"], detail.Row.Schools);
    }

    [Fact]
    public async Task After_the_bell_a_recording_is_being_prepared_though_files_are_still_open()
    {
        await using var database = await SeededAsync(TestProvider.Sqlite);
        await using var db = database.Create();
        await db.Recordings.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RecordingState.Capturing), Cancel);
        await db.Lessons.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, LessonState.Ended), Cancel);

        Assert.Equal(RecordingState.Finishing, (await NewReader(db).ListAsync(new Caller("admin", AccountRole.Administrator, null), Cancel))[0].State);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<TestDatabase> SeededAsync(TestProvider provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Create();
        db.Regions.Add(new Region { Id = "region", Name = "园区" });
        db.Schools.AddRange(
            new School { Id = "school", RegionId = "region", Name = "星海小学", ShortName = "星海" },
            new School { Id = "other", RegionId = "region", Name = "别的学校", ShortName = "别的" });
        db.Classrooms.Add(new ClassroomRoom { Id = "room", SchoolId = "school", Name = "录播教室1" });
        db.Accounts.Add(new Account { Id = "teacher", UserName = "teacher", DisplayName = "张老师", Role = AccountRole.Teacher });
        db.Lessons.Add(new Lesson { Id = "lesson", Title = "分数", State = LessonState.Ended, TeacherAccountId = "teacher", Classrooms = [new LessonClassroom { LessonId = "lesson", ClassroomId = "room", IsHost = true }] });
        db.Recordings.Add(new Recording
        {
            LessonId = "lesson",
            State = RecordingState.Ready,
            StartedAt = Now.UtcDateTime,
            CoverKey = "recordings/lesson/cover.jpg",
            Tracks = [new RecordingTrack { Id = "t1", LessonId = "lesson", ParticipantId = "p", ClassroomId = "room", Group = "TeacherCloseUp", State = TrackState.Stored, ObjectKey = "recordings/lesson/t1/capture.mkv", PlaylistKey = "recordings/lesson/t1/index.m3u8" }],
            Gaps = [new RecordingGap { LessonId = "lesson", FromMs = 1000, ToMs = 2000, Reason = "paused: 休息" }],
        });
        db.Timeline.Add(new TimelineEvent { LessonId = "lesson", Seq = 1, At = 500, Who = "p", Kind = "mark", Body = "{}", Key = "k1" });
        db.Timeline.Add(new TimelineEvent { LessonId = "lesson", Seq = 2, At = 600, Who = "server", Kind = "pin", Body = "{}", Audience = "staff", Key = "k2" });
        await db.SaveChangesAsync(Cancel);
        return database;
    }

    private RecordingReader NewReader(ClassroomDb db)
    {
        var clock = new StoppedClock(Now);
        return new RecordingReader(db, new MediaLinks(Options.Create(new RecorderOptions { SecretsFolder = _folder.Path }), clock), clock);
    }
}
