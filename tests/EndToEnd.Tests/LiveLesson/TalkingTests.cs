using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>A class talks: to everyone, to the teacher, in subgroups; an observer takes notes.</summary>
public sealed class TalkingTests
{
    private static readonly ViewportSize s_tablet = new() { Width = 1194, Height = 834 };
    private static readonly ViewportSize s_phone = new() { Width = 390, Height = 844 };

    [Fact]
    public async Task A_class_talks_to_everyone_to_the_teacher_and_in_groups_that_do_not_hear_each_other()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var calls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(calls);
        await using var browsers = await Browsers.StartAsync();
        var teacher = await browsers.ChromiumAsync(server.Address, "teacher", MadeCameras.None, new() { Width = 1440, Height = 900 });
        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync(lesson.Id, hasCamera: false);

        // Those of one classroom hear each other in its air, never by their tablets: the second one is of the other school.
        var anna = await TabletAsync(browsers, server, lesson, 1, "王子涵", s_tablet);
        var ben = await TabletAsync(browsers, server, lesson, 2, "龙小凤", s_tablet);
        var cleo = await TabletAsync(browsers, server, lesson, 3, "张雨桐", s_phone);
        await teacher.PressAsync("start-lesson");
        await teacher.ExpectById("end-lesson").ToBeVisibleAsync();

        await ChatAsync(teacher, anna, ben);
        await DivideAsync(teacher, [anna, ben], cleo);
        await ObserveAsync(browsers, server, lesson);
        await ComeBackAsync(teacher, anna, cleo);
        await teacher.EndLessonAsync();
        await CheckAttendanceAsync(teacher, calls, lesson);
    }

    private static async Task<Guest> TabletAsync(Browsers browsers, ServerProcess server, PlannedLesson lesson, int tone, string name, ViewportSize size)
    {
        var tablet = await browsers.ChromiumAsync(server.Address, name, new MadeCameras(tone, name, ["前置"]), size, touch: true);
        await tablet.JoinByPinAsync(lesson.Pin, name);
        return tablet;
    }

    private static async Task ChatAsync(Guest teacher, Guest anna, Guest ben)
    {
        await teacher.PressAsync("tab-discuss");
        await anna.PressAsync("discuss");
        await ben.PressAsync("discuss");
        await WriteAsync(anna, "大家好");
        await Expect(Lines(ben, "大家好")).ToBeVisibleAsync();

        await teacher.PressAsync("chat-mode-teacher");
        await WriteAsync(anna, "我没带课本");
        await Expect(Lines(teacher, "我没带课本")).ToBeVisibleAsync();
        await teacher.PressAsync("chat-mode-off");
        await Expect(ben.ById("chat-text")).ToHaveCountAsync(0);
        await teacher.PressAsync("chat-mode-open");
        await Lines(teacher, "大家好").GetByTestId("chat-remove").ClickAsync();
        await Expect(Lines(ben, "大家好")).ToHaveCountAsync(0);
        await Expect(ben.ById("chat-line")).ToHaveCountAsync(0);

        await ben.PressAsync("talk-asks");
        await ben.ById("ask-text").FillAsync("为什么两边同时加？");
        await ben.PressAsync("ask-send");
        await anna.PressAsync("talk-asks");
        await anna.PressAsync("ask-like");
        await teacher.PressAsync("talk-asks");
        await teacher.PressAsync("ask-pick");
        await Expect(anna.ById("ask")).ToHaveAttributeAsync("data-state", "picked");
        await anna.PressAsync("react-clap");
        await teacher.ExpectById("reaction").ToBeVisibleAsync();
        await teacher.ScreenshotAsync("talk-console");
        await anna.ScreenshotAsync("talk-tablet");
    }

    private static async Task DivideAsync(Guest teacher, Guest[] together, Guest alone)
    {
        await teacher.PressAsync("tab-people");
        await teacher.PressAsync("groups");
        await teacher.PressAsync("groups-hand");
        foreach (var (guest, group) in new[] { (together[0], 1), (together[1], 1), (alone, 2) })
        {
            await teacher.PressAsync($"pupil-{guest.Name}");
            await teacher.PressAsync($"put-{group}");
        }

        await teacher.ScreenshotAsync("groups-sheet");
        await teacher.PressAsync("groups-open");
        foreach (var guest in together.Append(alone))
        {
            await guest.PressAsync("group-join");
            await guest.ExpectById("group-microphone").ToBeVisibleAsync();
        }

        await HearsAsync(together[0]);
        await HearsAsync(together[1]);
        Assert.Equal(0, await alone.AudioEnergyAsync());
        await together[0].ScreenshotAsync("group-tablet");
        await alone.ScreenshotAsync("group-phone");

        // A press on "visit" brings the teacher among them, and the one who was alone hears both when moved there.
        await teacher.ById("group").First.GetByTestId("group-visit").ClickAsync();
        await together[0].ExpectById("group-visitor").ToBeVisibleAsync();
        await HearsAsync(teacher);
        await teacher.ScreenshotAsync("groups-console");
        await teacher.ById("group").Last.GetByText(alone.Name).ClickAsync();
        await teacher.PressAsync("group-move-here");
        await HearsAsync(alone);
    }

    private static async Task ObserveAsync(Browsers browsers, ServerProcess server, PlannedLesson lesson)
    {
        var observer = await browsers.ChromiumAsync(server.Address, "observer", MadeCameras.None, s_tablet);
        await observer.SignInAsync("supervisor", $"/observe/{lesson.Id}");
        await observer.PressAsync("note-item-question");
        await observer.PressAsync("note-score-4");
        await observer.ExpectById("note").ToBeVisibleAsync();
        await observer.ScreenshotAsync("observer-notes");
    }

    private static async Task ComeBackAsync(Guest teacher, Guest anna, Guest cleo)
    {
        // Neither hears of the observer.
        await Expect(anna.Page.GetByText("教研员")).ToHaveCountAsync(0);
        await teacher.PressAsync("groups-close");
        await Expect(anna.ById("group-room")).ToHaveCountAsync(0);
        await Expect(cleo.ById("group-room")).ToHaveCountAsync(0);
    }

    private static async Task CheckAttendanceAsync(Guest teacher, ServerCalls calls, PlannedLesson lesson)
    {
        var notes = await calls.GetAsync<NotesReply>($"/api/lessons/{lesson.Id}/notes");
        Assert.Equal(4, Assert.Single(notes.Notes).Score);
        await teacher.Page.GotoAsync($"/lessons/{lesson.Id}");
        await Expect(teacher.ById("attendance-row").And(teacher.Page.Locator("[data-name='王子涵']"))).ToBeVisibleAsync();
        await teacher.ById("attendance").ScrollIntoViewIfNeededAsync();
        await teacher.ScreenshotAsync("attendance");
    }

    private static ILocator Lines(Guest guest, string text) => guest.ById("chat-line").Filter(new() { HasText = text });

    private static async Task WriteAsync(Guest guest, string text)
    {
        await guest.ById("chat-text").FillAsync(text);
        await guest.PressAsync("chat-send");
        await Expect(Lines(guest, text)).ToBeVisibleAsync();
    }

    /// <summary>Waits until sound comes in.</summary>
    private static async Task HearsAsync(Guest guest)
    {
        var energy = await guest.AudioEnergyAsync();
        await Eventually.TrueAsync(
            async () => await guest.AudioEnergyAsync() > energy + 1e-4,
            async () => $"{guest.Name} hears nothing: {energy} → {await guest.AudioEnergyAsync()}; {await guest.Page.EvaluateAsync<string>("classroomTest.received()")}\n{guest.Console}");
    }
}
