using System.Text.RegularExpressions;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>Two classrooms with two seats each, a teacher who lays their pictures out, and whoever speaks on the stage; in real browsers.</summary>
public sealed class PictureTests : IAsyncLifetime
{
    private const int Xinghai = 1;
    private const int Songtao = 2;
    private static readonly ViewportSize s_panel = new() { Width = 1920, Height = 1080 };
    private ServerProcess? _server;
    private Browsers? _browsers;
    private Guest _host = null!;
    private Guest _far = null!;
    private Guest _teacher = null!;
    private string _lessonId = "";

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        _browsers = await Browsers.StartAsync();
        using var calls = await ServerCalls.SignInAsync(_server.Address, "teacher1");
        _lessonId = (await PlannedLesson.PlanAsync(calls)).Id;
        _host = await _browsers.ChromiumAsync(_server.Address, "星海", new(Xinghai, "星海", ["教师特写", "学生全景"]), s_panel);
        _far = await _browsers.ChromiumAsync(_server.Address, "松桃", new(Songtao, "松桃", ["教师特写", "学生全景"]), s_panel);
        _teacher = await _browsers.ChromiumAsync(_server.Address, "teacher", MadeCameras.None, new() { Width = 1194, Height = 834 });
        await _host.SetUpStationAsync("school-xinghai", PlannedLesson.HostRoom);
        await _far.SetUpStationAsync("school-songtao", PlannedLesson.FarRoom);
        await _teacher.SignInAsync("teacher1");
        await _teacher.EnterConsoleAsync(_lessonId, hasCamera: false);
        foreach (var own in new[] { "toggle-camera", "toggle-microphone" })
        {
            // The browser's own made-up devices, which beep: this teacher only watches.
            await Expect(_teacher.ById(own)).ToHaveAttributeAsync("aria-pressed", "true");
            await _teacher.ById(own).ClickAsync();
            await Expect(_teacher.ById(own)).ToHaveAttributeAsync("aria-pressed", "false");
        }

        await _host.IsInLessonAsync();
        await _far.IsInLessonAsync();
        await _host.SeesAsync(Songtao);
        await _far.SeesAsync(Xinghai);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browsers is not null)
        {
            await _browsers.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_teacher_lays_out_the_seats_of_two_schools_and_every_screen_shows_the_same()
    {
        await _teacher.ById("layout-SideBySide").ClickAsync();
        await ShowEverywhereAsync((Xinghai, 0), (Songtao, 0));
        await _host.ScreenshotAsync("panel-side-by-side");

        // A place, then a seat: the far children beside the teacher.
        await _teacher.ById("place-1").ClickAsync();
        await SeatOf(PlannedLesson.FarRoom, "StudentPanorama").ClickAsync();
        await ShowEverywhereAsync((Xinghai, 0), (Songtao, 1));
        await _teacher.ScreenshotAsync("console-side-by-side");

        // "Everyone sees this" on a seat that is shown already: the two change places.
        await SeatOf(PlannedLesson.FarRoom, "StudentPanorama").ClickAsync();
        await ShowEverywhereAsync((Songtao, 1), (Xinghai, 0));

        await _teacher.ById("layout-PictureInPicture").ClickAsync();
        await ShowEverywhereAsync((Songtao, 1), (Xinghai, 0));
        await _far.ScreenshotAsync("panel-picture-in-picture");
        await _teacher.ById("layout-Grid").ClickAsync();
        await Expect(_host.ById("place")).ToHaveCountAsync(4);
        await ShowsAsync(_host, all => all.ToHashSet().SetEquals([(Xinghai, 0), (Xinghai, 1), (Songtao, 0), (Songtao, 1)]), "every seat once");
        await _host.ScreenshotAsync("panel-grid");

        // What a page that starts anew shows is what the others show.
        await _far.Page.ReloadAsync();
        await Expect(_far.ById("place")).ToHaveCountAsync(4);
        await _far.SeesAsync(Xinghai, Songtao);
    }

    [Fact]
    public async Task Whoever_speaks_comes_on_the_stage_until_the_teacher_chooses()
    {
        await _teacher.ById("follow-speaker").ClickAsync();
        await Expect(_teacher.ById("follow-speaker")).ToHaveAttributeAsync("aria-pressed", "true");

        await _far.Page.EvaluateAsync("classroomTest.speak(true)");
        await IsStagedAsync(Songtao);
        await _far.Page.EvaluateAsync("classroomTest.speak(false)");
        await _host.Page.EvaluateAsync("classroomTest.speak(true)");
        await IsStagedAsync(Xinghai);

        await SeatOf(PlannedLesson.FarRoom, "StudentPanorama").ClickAsync();
        await Expect(_teacher.ById("follow-speaker")).ToHaveAttributeAsync("aria-pressed", "false");
        await ShowsAsync(_host, all => all is [(Songtao, 1), ..], "the seat that the teacher chose");
    }

    [Fact]
    public async Task Stations_test_themselves_and_the_teacher_sees_it_before_the_bell()
    {
        using var calls = await ServerCalls.SignInAsync(_server!.Address, "teacher1");
        LessonCard? card = null;
        await Eventually.TrueAsync(
            async () => (card = (await calls.GetAsync<TodayReply>("/api/today")).Week.Single(lesson => lesson.Id == _lessonId)).Classrooms.All(room => room.SelfTest is not null),
            () => Task.FromResult($"no self-test of {string.Join(", ", card!.Classrooms.Where(room => room.SelfTest is null).Select(room => room.ClassroomName))}\n{_host.Console}"));
        Assert.All(card!.Classrooms, room =>
        {
            Assert.All(room.SelfTest!.Test.Seats.Where(seat => seat.Result != "later"), seat => Assert.Equal("ok", seat.Result));
            Assert.Equal("ok", room.SelfTest.Test.Microphone);
            Assert.True(room.SelfTest.Test.Link?.DownKbps > 0);
        });
        await _teacher.Page.GotoAsync("/");
        await Expect(_teacher.ById("room-lamps").First).ToBeVisibleAsync();
        await _teacher.ScreenshotAsync("today-lamps");
        await _teacher.Page.GotoAsync($"/lobby/{_lessonId}");
        await Expect(_teacher.ById("link-test")).ToHaveAttributeAsync("data-verdict", new Regex("enough|soundAndSlides|notEnough"));
        await _teacher.ScreenshotAsync("lobby-link");
    }

    private ILocator SeatOf(string classroomId, string group) => _teacher.Page.Locator($"[data-testid=school-column][data-classroom='{classroomId}'] [data-seat='{group}']");

    private async Task IsStagedAsync(int school) => await ShowsAsync(_teacher, all => all is [var first, ..] && first.School == school, $"school {school} on the stage");

    private async Task ShowEverywhereAsync(params (int School, int Seat)[] places)
    {
        foreach (var guest in new[] { _host, _far, _teacher })
        {
            await ShowsAsync(guest, all => all.SequenceEqual(places), string.Join(" ", places));
        }
    }

    /// <summary>What the places of the stage show, in order.</summary>
    private static Task ShowsAsync(Guest guest, Func<(int School, int Seat)[], bool> isRight, string what) => Eventually.TrueAsync(
        async () => isRight(await PlacesAsync(guest)),
        async () => $"{guest.Name} should show {what}, shows {string.Join(" ", await PlacesAsync(guest))}\n{guest.Console}");

    private static async Task<(int School, int Seat)[]> PlacesAsync(Guest guest) =>
        [.. (await guest.MarksAsync("[data-testid=place] video")).Select(mark => (mark.School, mark.Seat))];
}
