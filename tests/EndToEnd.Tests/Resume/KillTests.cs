using System.Diagnostics;
using Classroom.EndToEnd.Tests.Film;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Recorder.Contracts;
using Classroom.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.Resume;

/// <summary>kill -9 of the server in the middle of a lesson.</summary>
public sealed class KillTests
{
    private const int Xinghai = 1;
    private const int Songtao = 2;

    /// <summary>The aim on a machine at rest is 5 s, and the figure is printed; three browsers and a server that compiles take longer on a busy one.</summary>
    private static readonly TimeSpan s_resumed = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_lost = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Pages_resume_by_themselves_and_the_recording_loses_at_most_a_second_on_each_side()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var teacherCalls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(teacherCalls);
        await using var browsers = await Browsers.StartAsync();
        var host = await browsers.ChromiumAsync(server.Address, "星海", new(Xinghai, "星海", ["教师特写"]));
        var far = await browsers.ChromiumAsync(server.Address, "松桃", new(Songtao, "松桃", ["教师特写"]));
        var teacher = await browsers.ChromiumAsync(server.Address, "teacher", MadeCameras.None);
        await StartLessonAsync(host, far, teacher, lesson);
        await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);

        await server.KillAsync();
        var killed = DateTimeOffset.UtcNow;
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        var ready = Stopwatch.StartNew();
        await Task.WhenAll(SeesPictureSinceAsync(host, Songtao, ready), SeesPictureSinceAsync(far, Xinghai, ready), SeesPictureSinceAsync(teacher, Xinghai, ready));
        var resumed = DateTimeOffset.UtcNow;
        TestContext.Current.TestOutputHelper?.WriteLine($"pages resumed {ready.Elapsed} after /readyz");
        Assert.True(ready.Elapsed < s_resumed, $"pages resumed after {ready.Elapsed}");

        await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);
        await teacher.EndLessonAsync();
        var recording = await RecordingCheck.WaitUntilReadyAsync(teacherCalls, lesson.Id);
        Assert.Contains(recording.Gaps, gap => gap.Reason.StartsWith("restart", StringComparison.Ordinal));
        await HoleIsSmallAsync(teacherCalls, recording, $"{PlannedLesson.HostRoom}/TeacherCloseUp", killed, resumed);
        await HoleIsSmallAsync(teacherCalls, recording, $"{PlannedLesson.FarRoom}/TeacherCloseUp", killed, resumed);
    }

    private static async Task StartLessonAsync(Guest host, Guest far, Guest teacher, PlannedLesson lesson)
    {
        await host.SetUpStationAsync("school-xinghai", PlannedLesson.HostRoom);
        await far.SetUpStationAsync("school-songtao", PlannedLesson.FarRoom);
        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync(lesson.Id, hasCamera: false);
        await host.IsInLessonAsync();
        await far.IsInLessonAsync();
        await teacher.SeesAsync(Xinghai, Songtao);
        await teacher.PressAsync("start-lesson");
        await Expect(teacher.ById("end-lesson")).ToBeVisibleAsync();
        await host.SeesAsync(Songtao);
        await far.SeesAsync(Xinghai);
    }

    /// <summary>The last picture before the kill stays on the page, so only one that was drawn after counts.</summary>
    private static Task SeesPictureSinceAsync(Guest guest, int school, Stopwatch since) => Eventually.TrueAsync(
        async () => (await guest.MarksAsync()).Any(mark => mark.School == school && mark.AgeMs < since.Elapsed.TotalMilliseconds),
        async () => $"{guest.Name} does not see school {school} again: {string.Join(", ", (await guest.MarksAsync()).Select(mark => mark.ToString()))}\n{guest.Console}");

    private static async Task HoleIsSmallAsync(ServerCalls calls, RecordingDetail recording, string seat, DateTimeOffset killed, DateTimeOffset resumed)
    {
        var tracks = recording.Tracks.Where(track => track.SeatRef == seat).OrderBy(track => track.StartMs).ToArray();
        Assert.True(tracks.Length >= 2, $"{seat} has {tracks.Length} track");
        var folder = Directory.CreateTempSubdirectory("classroom-film-").FullName;
        try
        {
            var before = await FilmProbe.PicturesAsync(await calls.DownloadAsync(tracks[0].FileUrl!, folder));
            var after = await FilmProbe.PicturesAsync(await calls.DownloadAsync(tracks[^1].FileUrl!, folder));
            var lostBefore = Marks.Difference(Marks.ClockOf(killed), before[^1].DrawnMs);
            var lostAfter = Marks.Difference(after[0].DrawnMs, Marks.ClockOf(resumed));
            TestContext.Current.TestOutputHelper?.WriteLine($"{seat}: lost {lostBefore} ms before the kill, starts {lostAfter} ms after the resumption");
            Assert.True(lostBefore < s_lost.TotalMilliseconds, $"{seat} lost {lostBefore} ms before the kill");
            Assert.True(lostAfter < s_lost.TotalMilliseconds, $"{seat} starts {lostAfter} ms after the resumption");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
