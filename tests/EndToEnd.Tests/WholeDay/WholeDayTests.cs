using Classroom.EndToEnd.Tests.Harness;
using Classroom.Recorder.Contracts;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>From the bell to the micro-course, in real browsers, by the pages that people use.</summary>
public sealed class WholeDayTests
{
    private const int Xinghai = 1;
    private const int Songtao = 2;
    private const int Teacher = 3;
    private static readonly MadeCameras s_none = MadeCameras.None;
    private static readonly ViewportSize s_tablet = new() { Width = 1194, Height = 834 };

    [Fact]
    public async Task A_lesson_of_two_schools_becomes_a_micro_course_that_is_found_and_played()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var teacherCalls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(teacherCalls);

        var held = await HoldAsync(server, lesson);
        var recording = await RecordingCheck.WaitUntilReadyAsync(teacherCalls, lesson.Id);
        await CheckRecordingAsync(teacherCalls, recording, held);

        await using var browsers = await Browsers.StartAsync();
        var course = await EditAsync(await browsers.ChromiumAsync(server.Address, "editor", s_none), lesson);
        await ApproveAsync(await browsers.ChromiumAsync(server.Address, "reviewer", s_none));
        await CourseFilm.CheckAsync(server.Address, teacherCalls, recording, course);
        var frame = await FindAndPlayAsync(await browsers.ChromiumAsync(server.Address, "pupil", s_none, s_tablet, touch: true), lesson);
        await OtherSite.PlaysAsync(await browsers.ChromiumAsync(server.Address, "visitor", s_none), server.Address, frame, Songtao);
    }

    private static async Task<HeldLesson> HoldAsync(ServerProcess server, PlannedLesson lesson)
    {
        await using var browsers = await Browsers.StartAsync();
        var host = await browsers.ChromiumAsync(server.Address, "星海", new(Xinghai, "星海", ["教师特写", "学生全景"]));
        var far = await browsers.ChromiumAsync(server.Address, "松桃", new(Songtao, "松桃", ["教师特写"]));
        var teacher = await browsers.ChromiumAsync(server.Address, "teacher", new(Teacher, "张老师", ["摄像头"]), new() { Width = 1440, Height = 900 });
        var tablet = await browsers.ChromiumAsync(server.Address, "tablet", s_none, s_tablet, touch: true);

        await host.SetUpStationAsync("school-xinghai", PlannedLesson.HostRoom);
        await far.SetUpStationAsync("school-songtao", PlannedLesson.FarRoom);
        await teacher.SignInAsync("teacher1");
        await Expect(teacher.ById("next-lesson")).ToBeVisibleAsync();
        await teacher.ScreenshotAsync("today");
        await teacher.EnterConsoleAsync(lesson.Id);
        await host.IsInLessonAsync();
        await far.IsInLessonAsync();
        await tablet.JoinByPinAsync(lesson.Pin, "王子涵");

        await teacher.SeesAsync(Xinghai, Songtao);
        var pressed = DateTime.UtcNow;
        await teacher.PressAsync("start-lesson");
        await Expect(teacher.ById("end-lesson")).ToBeVisibleAsync();
        var bell = DateTime.UtcNow;
        await TeachAsync(host, far, teacher, tablet);

        // Long enough for a film of twenty seconds.
        await Task.Delay(bell.AddSeconds(35) - DateTime.UtcNow > TimeSpan.Zero ? bell.AddSeconds(35) - DateTime.UtcNow : TimeSpan.Zero, TestContext.Current.CancellationToken);
        var least = DateTime.UtcNow - bell;
        await teacher.EndLessonAsync();
        return new HeldLesson(least, DateTime.UtcNow - pressed, Math.Max(await host.LatenessMsAsync(), await far.LatenessMsAsync()));
    }

    private static async Task TeachAsync(Guest host, Guest far, Guest teacher, Guest tablet)
    {
        // The far school's picture goes on the stage: everyone sees it.
        await teacher.ById("school-column").Filter(new() { HasText = "松桃" }).GetByTestId("seat").First.ClickAsync();
        await host.SeesAsync(Songtao);
        await far.SeesAsync(Xinghai);
        await host.SeesAndHearsMoreAsync();
        await far.SeesAndHearsMoreAsync();
        await teacher.SeesAndHearsMoreAsync();
        await teacher.SeesSoundAsync(teacher.ById("school-column").Filter(new() { HasText = "松桃" }));
        await Eventually.TrueAsync(
            async () => (await tablet.MarksAsync()).Length > 0, () => Task.FromResult("the tablet sees no picture\n" + tablet.Console));

        await tablet.PressAsync("raise-hand");
        await Expect(teacher.ById("hand")).ToBeVisibleAsync();
        await teacher.ScreenshotAsync("console");
        await host.ScreenshotAsync("station");
        await tablet.ScreenshotAsync("tablet");
        await teacher.PressAsync("lower-hand");
        await teacher.PressAsync("mark");
        await teacher.PressAsync("mark-point");
        if (await teacher.ById("mark-save").IsVisibleAsync())
        {
            await teacher.PressAsync("mark-save");
        }
    }

    private static async Task CheckRecordingAsync(ServerCalls calls, RecordingDetail recording, HeldLesson held)
    {
        Assert.InRange(recording.Row.DurationMs, held.Least.TotalMilliseconds - 500, held.Most.TotalMilliseconds + 500);
        Assert.Contains(recording.Events, entry => entry.Kind == "mark");
        await RecordingCheck.SeatsAreInSyncAsync(calls, recording, new Dictionary<string, int>
        {
            [$"{PlannedLesson.HostRoom}/TeacherCloseUp"] = Xinghai,
            [$"{PlannedLesson.HostRoom}/StudentPanorama"] = Xinghai,
            [$"{PlannedLesson.FarRoom}/TeacherCloseUp"] = Songtao,
        }, held.LatenessMs);
    }

    private static async Task<string> EditAsync(Guest editor, PlannedLesson lesson)
    {
        await editor.SignInAsync("editor", $"/recordings/{lesson.Id}");
        await FilmPlaysAsync(editor);
        await editor.PressAsync("mode-seats");
        await editor.ExpectById($"seat-video-{PlannedLesson.FarRoom}/TeacherCloseUp").ToBeVisibleAsync();
        await editor.ScreenshotAsync("recording");
        await editor.PressAsync("make-course");
        await editor.ExpectById("editor").ToBeVisibleAsync();
        await CourseFilm.CutAsync(editor);
        await editor.PressAsync("tab-details");
        // It was marked during the lesson, within the first cut.
        await Expect(editor.ById($"point-{lesson.Point.Id}")).ToHaveAttributeAsync("aria-pressed", "true");
        await editor.ById("course-public").CheckAsync();
        await editor.ScreenshotAsync("editor");
        await CourseFilm.RenderTwiceAsync(editor, lesson.Title);
        await editor.PressAsync("submit-review");
        await editor.ExpectById("in-review").ToBeVisibleAsync();
        return new Uri(editor.Page.Url).Segments[^2].TrimEnd('/');
    }

    // From its begin to its end, over every change of seat.
    private static async Task FilmPlaysAsync(Guest editor)
    {
        await editor.ExpectById("draft-film").ToBeVisibleAsync();
        var film = editor.ById("draft-film");
        await film.EvaluateAsync("video => new Promise((done, fail) => { video.muted = true; video.playbackRate = 4; video.onended = done; video.onerror = () => fail(video.error.message); video.play().catch(fail); })");
        await editor.ScreenshotAsync("draft-film");
        Assert.Equal(0, await film.EvaluateAsync<int>("video => video.getVideoPlaybackQuality().corruptedVideoFrames"));
    }

    private static async Task ApproveAsync(Guest reviewer)
    {
        await reviewer.SignInAsync("reviewer", "/reviews");
        await reviewer.Page.Locator("[data-testid^='review-']").First.ClickAsync();
        await reviewer.ExpectById("review-approve").ToBeVisibleAsync();
        await reviewer.ScreenshotAsync("review");
        await reviewer.PressAsync("review-approve");
        await reviewer.ExpectById("toast").ToBeVisibleAsync();
    }

    // And the words that put the film into another page.
    private static async Task<string> FindAndPlayAsync(Guest pupil, PlannedLesson lesson)
    {
        await pupil.SignInAsync("student1", "/catalogue");
        await pupil.ById("catalogue-search").FillAsync("天平");
        var card = pupil.Page.Locator("[data-testid^='course-']").Filter(new() { HasText = lesson.Title });
        await Expect(card.First).ToBeVisibleAsync();
        await pupil.ScreenshotAsync("catalogue");

        await pupil.Page.GotoAsync($"/catalogue?point={lesson.Point.Id}");
        await Expect(card.First).ToBeVisibleAsync();
        await card.First.ClickAsync();
        await pupil.ExpectById("film-big-play").ToBeVisibleAsync();
        await pupil.PressAsync("film-big-play");
        await pupil.ShowsFilmOfAsync(Songtao);
        await pupil.ScreenshotAsync("player");
        await CourseFilm.EachRungPlaysAsync(pupil);
        await Expect(pupil.Page.Locator("video[data-testid='film-video']")).ToHaveJSPropertyAsync("ended", true, new() { Timeout = 60_000 });
        var seconds = await pupil.Page.Locator("video[data-testid='film-video']").EvaluateAsync<double>("video => video.currentTime");
        Assert.InRange(seconds, CourseFilm.Seconds - 0.5, CourseFilm.Seconds + 0.5);
        return await pupil.ById("share").GetByRole(AriaRole.Textbox).Last.InputValueAsync();
    }

    /// <param name="Least">From the bell, as the teacher saw it, until the end was pressed.</param>
    /// <param name="Most">From when the bell was pressed until the end was seen.</param>
    /// <param name="LatenessMs">How late the stations took their own pictures and sound.</param>
    private sealed record HeldLesson(TimeSpan Least, TimeSpan Most, double LatenessMs);
}
