using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>A lesson as a teacher holds it: two classrooms with six seats, six tablets of both schools and an observer, from the lobby to the lists afterwards.</summary>
[Trait("Category", "Long")]
public sealed class WholeLessonTests : IAsyncLifetime
{
    private const int Xinghai = 1;
    private const int Songtao = 2;
    private static readonly ViewportSize s_panel = new() { Width = 1920, Height = 1080 };
    private static readonly ViewportSize s_tablet = new() { Width = 1194, Height = 834 };
    private static readonly ViewportSize s_phone = new() { Width = 390, Height = 844 };
    private static readonly string[] s_pupils = ["王子涵", "李沐阳", "张雨桐", "龙小凤", "吴秋月", "田志远"];

    private ServerProcess? _server;
    private Browsers? _browsers;
    private ServerCalls? _calls;
    private PlannedLesson _lesson = null!;
    private Guest _host = null!;
    private Guest _far = null!;
    private Guest _teacher = null!;
    private Guest _observer = null!;
    private Guest[] _tablets = [];

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        _browsers = await Browsers.StartAsync();
        _calls = await ServerCalls.SignInAsync(_server.Address, "teacher1");
        _lesson = await PlannedLesson.PlanAsync(_calls);
    }

    public async ValueTask DisposeAsync()
    {
        _calls?.Dispose();
        IAsyncDisposable?[] parts = [_browsers, _server];
        foreach (var part in parts)
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_whole_lesson_of_two_schools_with_six_tablets_and_an_observer()
    {
        await PrepareAsync();
        await ComeAsync();
        await _teacher.PressAsync("start-lesson");
        await ShowAsync();
        await WriteAsync();
        await AskAsync();
        await TalkAsync();
        await DivideAsync();
        await NoteAsync();
        await Same.LessonAsync([_teacher, _host, _far, .. _tablets]);
        await EndAsync();
    }

    /// <summary>The evening before: slides and a question.</summary>
    private async Task PrepareAsync()
    {
        _teacher = await _browsers!.ChromiumAsync(_server!.Address, "teacher", new(3, "张老师", ["摄像头"]), s_tablet);
        await _teacher.SignInAsync("teacher1", $"/lessons/{_lesson.Id}");
        await _teacher.ById("document-file").SetInputFilesAsync(Path.Combine(AppContext.BaseDirectory, "slides.pdf"));
        await Expect(_teacher.ById("document")).ToHaveAttributeAsync("data-state", "Ready", new() { Timeout = 120_000 });
        await _teacher.ScreenshotAsync("whole-prepared");
    }

    private async Task ComeAsync()
    {
        _host = await _browsers!.ChromiumAsync(_server!.Address, "星海", new(Xinghai, "星海", ["教师特写", "学生全景", "板书"]), s_panel);
        _far = await _browsers.ChromiumAsync(_server.Address, "松桃", new(Songtao, "松桃", ["教师特写", "学生全景", "学生特写"]), s_panel);
        await _host.SetUpStationAsync("school-xinghai", PlannedLesson.HostRoom);
        await _far.SetUpStationAsync("school-songtao", PlannedLesson.FarRoom);
        await _teacher.EnterConsoleAsync(_lesson.Id);
        await _host.IsInLessonAsync();
        await _far.IsInLessonAsync();
        _tablets = await _browsers.TabletsAsync(_server.Address, s_pupils.Select((name, index) => (name, index == 5 ? s_phone : s_tablet)));
        foreach (var tablet in _tablets)
        {
            await tablet.JoinByPinAsync(_lesson.Pin, tablet.Name);
        }

        _observer = await _browsers.ChromiumAsync(_server.Address, "observer", MadeCameras.None, s_tablet);
        await _observer.SignInAsync("supervisor", $"/observe/{_lesson.Id}");
        await Expect(_observer.ById("observer")).ToBeVisibleAsync();
    }

    /// <summary>The two rooms beside each other, then a page of slides on every screen.</summary>
    private async Task ShowAsync()
    {
        await _teacher.SeesAsync(Xinghai, Songtao);
        await _teacher.PressAsync("layout-SideBySide");
        await _host.SeesAsync(Songtao);
        await _far.SeesAsync(Xinghai);
        await _host.SeesAndHearsMoreAsync();
        await _teacher.ScreenshotAsync("whole-side-by-side-console");
        await _host.ScreenshotAsync("whole-side-by-side-panel");
        await _teacher.PressAsync("show-slides");
        await _teacher.PressAsync("document-show");
        await _teacher.PressAsync("page-next");
        foreach (var guest in _tablets.Append(_host).Append(_far))
        {
            await Expect(guest.ById("board-surface").First).ToHaveAttributeAsync("data-surface", new System.Text.RegularExpressions.Regex("^doc:.*/2$"));
            await Expect(guest.ById("board-surface").First).ToHaveAttributeAsync("data-picture", new System.Text.RegularExpressions.Regex("webp"));
        }
    }

    /// <summary>The teacher writes on the slide, and then a pupil who was given the pen.</summary>
    private async Task WriteAsync()
    {
        await _teacher.PressAsync("tool-pen");
        await _teacher.BeginStrokeAsync(row: 3);
        await _teacher.EndStrokeAsync();
        await _tablets[5].HasStrokesAsync(1);
        await _teacher.PressAsync("pupil-ink");
        await _teacher.Page.Locator($"[data-pupil='{s_pupils[0]}']").GetByTestId("give-pen").ClickAsync();
        await _teacher.Page.Keyboard.PressAsync("Escape");
        await _tablets[0].PressAsync("tool-pen");
        await _tablets[0].BeginStrokeAsync(row: 5);
        await _tablets[0].EndStrokeAsync();
        await _far.HasStrokesAsync(2);
        await _teacher.ScreenshotAsync("whole-ink-console");
        await _far.ScreenshotAsync("whole-ink-panel");
        await _tablets[0].ScreenshotAsync("whole-ink-tablet");
        await _tablets[5].ScreenshotAsync("whole-ink-phone");
    }

    private async Task AskAsync()
    {
        await _teacher.PressAsync("tab-questions");
        await _teacher.PressAsync("ask-abcd");
        for (var index = 0; index < _tablets.Length; index++)
        {
            await _tablets[index].PressAsync($"choice-{index % 2}");
        }

        await Expect(_teacher.ById("bar-0")).ToHaveAttributeAsync("data-count", "3");
        await Expect(_teacher.ById("bar-1")).ToHaveAttributeAsync("data-count", "3");
        await _host.ScreenshotAsync("whole-question-panel");
        // What is right may be marked before the question is closed.
        await _teacher.PressAsync("bar-1");
        await _teacher.PressAsync("close-question");
        await _teacher.PressAsync("reveal-question");
        await Expect(_tablets[1].ById("answer-state")).ToHaveAttributeAsync("data-right", "true");
        await Expect(_tablets[0].ById("answer-state")).ToHaveAttributeAsync("data-right", "false");
        await _host.ScreenshotAsync("whole-revealed-panel");
        await _teacher.PressAsync("finish-question");
    }

    private async Task TalkAsync()
    {
        await _tablets[3].PressAsync("raise-hand");
        await _tablets[1].PressAsync("raise-hand");
        await _tablets[0].PressAsync("raise-hand");
        await _teacher.PressAsync("tab-hands");
        await Expect(_teacher.ById("hand")).ToHaveCountAsync(3);
        // The close-up of the pupil's classroom takes the stage, and the hand goes down.
        await _teacher.PressAsync("call-next");
        await Expect(_teacher.ById("hand")).ToHaveCountAsync(2);
        await Expect(_tablets[3].ById("raise-hand")).ToHaveAttributeAsync("aria-pressed", "false");
        await _teacher.PressAsync("lower-all");
        await Expect(_teacher.ById("hand")).ToHaveCountAsync(0);
        await _tablets[2].PressAsync("confused");
        await Expect(_teacher.ById("confused-count")).ToBeVisibleAsync();
        await _teacher.PressAsync("mark");
        await _teacher.PressAsync("mark-point");
    }

    private async Task DivideAsync()
    {
        await _teacher.PressAsync("tab-people");
        await _teacher.PressAsync("groups");
        await _teacher.PressAsync("groups-open");
        foreach (var tablet in _tablets)
        {
            await Expect(tablet.ById("group-room")).ToBeVisibleAsync();
        }

        await _tablets[4].ScreenshotAsync("whole-group-tablet");
        await _teacher.PressAsync("groups-close");
        await Expect(_tablets[4].ById("group-room")).ToHaveCountAsync(0);
    }

    private async Task NoteAsync()
    {
        await _observer.PressAsync("note-item-question");
        await _observer.PressAsync("note-score-4");
        await Expect(_observer.ById("note")).ToBeVisibleAsync();
        await _observer.ScreenshotAsync("whole-observer");
    }

    private async Task EndAsync()
    {
        await _teacher.EndLessonAsync();
        foreach (var tablet in _tablets)
        {
            await Expect(tablet.ById("closed-state")).ToBeVisibleAsync();
        }

        var attendance = await _calls!.GetAsync<AttendanceReply>($"/api/lessons/{_lesson.Id}/attendance");
        Assert.Superset(s_pupils.ToHashSet(), attendance.Rows.Where(row => row.PresentMs > 0).Select(row => row.Name).ToHashSet());
        var answers = await _calls.GetAsync<LessonAnswers>($"/api/lessons/{_lesson.Id}/answers");
        Assert.Equal(6, Assert.Single(answers.Questions).Answers.Length);
        await _teacher.Page.GotoAsync($"/lessons/{_lesson.Id}");
        await _teacher.Page.ScreenshotAsync(new() { Path = Path.Combine(Artifacts.Folder, "whole-afterwards.png"), FullPage = true });
    }
}
