using Classroom.Data;
using Classroom.Signaling.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Tests.Live;

public sealed class LessonLifeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_lesson_opens_by_itself_fifteen_minutes_before_the_bell()
    {
        await using var school = await TestSchool.OpenAsync();
        Assert.Equal(LessonState.Planned, (await school.LessonAsync("lesson-1")).State);

        await school.PassAsync(TimeSpan.Zero);

        Assert.Equal(LessonState.Open, (await school.LessonAsync("lesson-1")).State);
        Assert.True(school.Media.IsRoomOpen("lesson-1"));
    }

    [Fact]
    public async Task At_the_bell_it_is_live_and_recorded_from_that_moment()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("lesson-1", LessonRole.Teacher);

        await school.PassAsync(10 * Minute);

        var started = await teacher.SeesAsync("lesson.started");
        Assert.Equal(0, started.At);
        Assert.Equal("on", (await teacher.SeesAsync("recording")).Body.GetProperty("state").GetString());
        var lesson = await school.LessonAsync("lesson-1");
        Assert.Equal(LessonState.Live, lesson.State);
        Assert.Equal(school.Time.UtcNow, lesson.StartedAt);
        Assert.Equal(lesson.StartedAt, school.Media.Recordings["lesson-1"].LessonStart.UtcDateTime);
    }

    [Fact]
    public async Task The_teacher_may_ring_early_and_only_once()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("lesson-1", LessonRole.Teacher);
        Assert.True(teacher.Reply.Events[0].At < 0);

        await teacher.DoAsync("StartLesson");

        Assert.Equal("already_live", await teacher.RefusalOfAsync("StartLesson"));
        Assert.True(school.Media.Recordings["lesson-1"].IsOn);
    }

    [Fact]
    public async Task It_never_ends_by_itself_while_a_teacher_is_there()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("lesson-1", LessonRole.Teacher);
        await school.PassAsync(10 * Minute);

        await school.PassAsync(90 * Minute);
        Assert.Equal(LessonState.Live, (await school.LessonAsync("lesson-1")).State);

        await teacher.DoAsync("EndLesson");
        Assert.Equal("ended", await teacher.ClosedAsync());
        Assert.Equal(LessonState.Ended, (await school.LessonAsync("lesson-1")).State);
        Assert.False(school.Media.IsRoomOpen("lesson-1"));
    }

    [Fact]
    public async Task Without_a_teacher_it_ends_at_its_planned_end()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        await school.PassAsync(10 * Minute);

        await school.PassAsync(39 * Minute);
        Assert.Equal(LessonState.Live, (await school.LessonAsync("lesson-1")).State);

        await school.PassAsync(2 * Minute);
        Assert.Equal(LessonState.Ended, (await school.LessonAsync("lesson-1")).State);
    }

    [Fact]
    public async Task One_press_extends_it()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("lesson-1", LessonRole.Teacher);
        var end = (await school.LessonAsync("lesson-1")).PlannedEnd;

        await teacher.DoAsync("ExtendLesson", 5);

        Assert.Equal(end.AddMinutes(5), (await school.LessonAsync("lesson-1")).PlannedEnd);
    }

    [Fact]
    public async Task Pausing_the_recording_needs_a_reason_and_marks_the_gap()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("lesson-1", LessonRole.Teacher);
        Assert.Equal("not_live", await teacher.RefusalOfAsync("PauseRecording", "test"));
        await school.PassAsync(10 * Minute);

        Assert.Equal("bad_request", await teacher.RefusalOfAsync("PauseRecording", " "));
        await teacher.DoAsync("PauseRecording", "学生隐私");
        Assert.False(school.Media.Recordings["lesson-1"].IsOn);
        Assert.Equal("学生隐私", school.Media.Recordings["lesson-1"].Reason);

        await teacher.DoAsync("ResumeRecording");
        Assert.True(school.Media.Recordings["lesson-1"].IsOn);
    }

    [Fact]
    public async Task The_demo_lesson_is_open_at_start_and_is_neither_started_nor_ended()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("demo", LessonRole.Teacher);

        Assert.Equal("always_open", await teacher.RefusalOfAsync("StartLesson"));
        Assert.Equal("always_open", await teacher.RefusalOfAsync("EndLesson"));
        await school.PassAsync(1000 * Minute);
        Assert.Equal(LessonState.Open, (await school.LessonAsync("demo")).State);
        Assert.DoesNotContain("demo", school.Media.Recordings.Keys);
    }

    [Fact]
    public async Task After_a_restart_the_lesson_goes_on_with_the_same_bell_and_everyone_away()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("lesson-1", LessonRole.Teacher);
        await school.PassAsync(10 * Minute);
        var bell = (await school.LessonAsync("lesson-1")).StartedAt;
        await teacher.Hub.CallAsync("Publish", new PublishRequest("v=0\r\nm=video 9\r\na=mid:0\r\n", new() { ["0"] = "camera" }));
        await teacher.SeesAsync("publish");
        await teacher.DoAsync("Mark", null, "通分");
        await teacher.SeesAsync("mark");
        school.Time.Advance(Minute);

        await school.RestartAsync();

        Assert.True(school.Media.Recordings["lesson-1"].IsOn);
        Assert.Equal(bell, school.Media.Recordings["lesson-1"].LessonStart.UtcDateTime);
        var back = await school.ConnectAsync(teacher.Token);
        await back.JoinAsync(teacher.Reply.ResumeToken, teacher.Events[^1].Seq);
        Assert.Equal(teacher.Id, back.Id);
        Assert.Equal(["away", "back", "unpublish"], back.Events.Select(e => e.Kind).Order());
        Assert.Equal("back", back.Events[^1].Kind);
    }

    [Fact]
    public async Task The_timeline_is_stored_without_holes()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.PassAsync(TimeSpan.Zero);
        var teacher = await school.JoinAsync("lesson-1", LessonRole.Teacher);
        var acks = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => teacher.DoAsync("Chat", $"第{i}句")));

        await using var db = school.Database.Create();
        var seqs = await db.Timeline.Where(row => row.LessonId == "lesson-1").OrderBy(row => row.Seq).Select(row => row.Seq).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, seqs.Count).Select(i => (long)i), seqs);
        Assert.All(acks, ack => Assert.Contains(ack.Seq, seqs));
    }
}
