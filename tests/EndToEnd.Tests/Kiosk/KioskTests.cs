using System.Globalization;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.Kiosk;

/// <summary>A classroom whose slides run on the station itself, under the launcher: nobody presses anything after the set-up.</summary>
public sealed class KioskTests
{
    /// <summary>How many pictures with the shape of the classroom's screen go on while one looks.</summary>
    private static readonly string s_moving = string.Create(CultureInfo.InvariantCulture, $$"""
        async () => {
          const slides = [...document.querySelectorAll('video')].filter((video) => Math.abs(video.videoWidth / video.videoHeight - {{(double)Screen.Width / Screen.Height}}) < 0.02);
          const before = slides.map((video) => video.currentTime);
          await new Promise((resolve) => setTimeout(resolve, 2000));
          return slides.filter((video, index) => video.currentTime > before[index]).length;
        }
        """);

    [Fact, Trait("Category", "Long")]
    public async Task A_station_shares_its_screen_by_itself_and_again_after_its_browser_died_and_after_a_power_cut()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var calls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var profile = Directory.CreateTempSubdirectory("classroom-kiosk-");
        await using (var browsers = await Browsers.StartAsync())
        {
            var technician = await browsers.ChromiumWithProfileAsync(profile.FullName, server.Address, "technician");
            await technician.SetUpKioskAsync("school-xinghai", PlannedLesson.HostRoom);
        }

        await using (var browsers = await Browsers.StartAsync())
        await using (var screen = await Screen.StartAsync())
        await using (var kiosk = new Launcher(server.Address, profile.FullName, screen))
        {
            var lesson = await PlannedLesson.PlanAsync(calls);
            kiosk.Start();
            var teacher = await browsers.ChromiumAsync(server.Address, "teacher", new(3, "张老师", ["摄像头"]));
            await teacher.SignInAsync("teacher1");
            await teacher.EnterConsoleAsync(lesson.Id);
            await SeesSlidesAsync(teacher, screen, "kiosk");
            await teacher.PressAsync("start-lesson");

            await kiosk.KillBrowserAsync();
            await LosesSlidesAsync(teacher, screen);
            await SeesSlidesAsync(teacher, screen, "kiosk-restarted");

            await kiosk.CutPowerAsync();
            await LosesSlidesAsync(teacher, screen);
            kiosk.Start();
            await SeesSlidesAsync(teacher, screen, "kiosk-power-back");
        }

        profile.Delete(recursive: true);
    }

    private static async Task SeesSlidesAsync(Guest teacher, Screen screen, string name)
    {
        await CountSlidesAsync(teacher, screen, 1, name);
        await screen.ScreenshotAsync(Path.Combine(Artifacts.Folder, name + ".png"));
        await teacher.ScreenshotAsync(name + "-teacher");
    }

    private static Task LosesSlidesAsync(Guest teacher, Screen screen) => CountSlidesAsync(teacher, screen, 0, "kiosk-killed");

    private static Task CountSlidesAsync(Guest teacher, Screen screen, int count, string name) => Eventually.TrueAsync(
        async () => await teacher.Page.EvaluateAsync<int>(s_moving) == count,
        async () =>
        {
            await screen.ScreenshotAsync(Path.Combine(Artifacts.Folder, name + "-failed.png"));
            await teacher.ScreenshotAsync(name + "-teacher-failed");
            return $"the teacher should see {count} moving pictures of the classroom's screen; {await teacher.Page.EvaluateAsync<string>("JSON.stringify([...document.querySelectorAll('video')].map((video) => [video.videoWidth, video.videoHeight]))")}\n{teacher.Console}";
        });
}
