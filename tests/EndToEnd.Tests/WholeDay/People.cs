using Classroom.EndToEnd.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>What people do on the pages, by the words of their day.</summary>
internal static class People
{
    public static async Task SignInAsync(this Guest guest, string userName, string page = "/")
    {
        await guest.Page.GotoAsync($"/sign-in?next={Uri.EscapeDataString(page)}");
        await guest.ById("user-name").FillAsync(userName);
        await guest.ById("password").FillAsync("classroom");
        await guest.ById("sign-in").ClickAsync();
        await guest.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
    }

    /// <summary>Sets a classroom's station up, once; cameras are dealt to seats by the page.</summary>
    public static async Task SetUpStationAsync(this Guest station, string schoolId, string classroomId)
    {
        await station.ChooseClassroomAsync(schoolId, classroomId, "/station");
        await station.SeesAsync();
        await station.ScreenshotAsync($"station-setup-{classroomId}");
        await station.ById("setup-finish").ClickAsync();
    }

    /// <summary>The same for a station under the launcher: all seats, the screen among them, are proposed by the page.</summary>
    public static async Task SetUpKioskAsync(this Guest station, string schoolId, string classroomId)
    {
        await station.ChooseClassroomAsync(schoolId, classroomId, "/station?kiosk=1");
        await station.ById("setup-finish").ClickAsync();
        await Expect(station.ById("station-idle")).ToBeVisibleAsync();
    }

    public static Task IsInLessonAsync(this Guest station) =>
        Expect(station.ById("station")).ToHaveAttributeAsync("data-status", "online");

    /// <summary>Through the lobby to the console.</summary>
    public static async Task EnterConsoleAsync(this Guest teacher, string lessonId, bool hasCamera = true)
    {
        await teacher.Page.GotoAsync($"/lobby/{lessonId}");
        if (hasCamera)
        {
            await Expect(teacher.ById("preview")).ToBeVisibleAsync();
        }

        await teacher.ScreenshotAsync("lobby");
        await teacher.ById("ready").ClickAsync();
        await Expect(teacher.ById("console")).ToHaveAttributeAsync("data-status", "online");
    }

    public static async Task JoinByPinAsync(this Guest tablet, string pin, string name)
    {
        await tablet.Page.GotoAsync("/join");
        await tablet.ById("pin").FillAsync(pin);
        await Expect(tablet.ById("lobby-info")).ToBeVisibleAsync();
        await tablet.SayWhoAsync(name);
        await Expect(tablet.ById("tablet")).ToHaveAttributeAsync("data-status", "online");
    }

    private static async Task ChooseClassroomAsync(this Guest station, string schoolId, string classroomId, string page)
    {
        await station.SignInAsync("admin", page);
        await station.ById("school").SelectOptionAsync(schoolId);
        await station.ById("classroom").SelectOptionAsync(classroomId);
        await station.ById("setup-next").ClickAsync();
        await Expect(station.ById("microphone")).ToBeVisibleAsync();
    }

    /// <summary>Chooses the seat of that name, or types the name where it is on no list.</summary>
    private static async Task SayWhoAsync(this Guest tablet, string name)
    {
        var seat = tablet.ById("seat-name").Filter(new() { HasText = name });
        if (await seat.CountAsync() > 0)
        {
            await seat.First.ClickAsync();
            return;
        }

        if (await tablet.ById("type-name").IsVisibleAsync())
        {
            await tablet.ById("type-name").ClickAsync();
        }

        await tablet.ById("pupil-name").FillAsync(name);
        await tablet.ById("enter-lesson").ClickAsync();
    }

    public static async Task EndLessonAsync(this Guest teacher)
    {
        await teacher.ById("end-lesson").ClickAsync();
        await teacher.ById("end-lesson-now").ClickAsync();
        await Expect(teacher.ById("go-recording")).ToBeVisibleAsync();
    }

    public static async Task FillTimeAsync(this Guest editor, string testId, string time)
    {
        await editor.ById(testId).FillAsync(time);
        await editor.ById(testId).PressAsync("Tab");
    }

    public static Task PressAsync(this Guest guest, string testId) => guest.ById(testId).First.ClickAsync();

    public static ILocatorAssertions ExpectById(this Guest guest, string testId) => Expect(guest.ById(testId).First);
}
