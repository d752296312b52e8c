using Classroom.Data;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>A classroom with all its six seats, and a teacher with Firefox, which takes part in VP8 lessons.</summary>
public sealed class SixSeatsTests
{
    private const int Xinghai = 1;
    private const int Teacher = 3;
    private static readonly string[] s_seats = ["TeacherPanorama", "TeacherCloseUp", "StudentPanorama", "StudentCloseUp", "Board", "Courseware"];
    private static readonly string[] s_cameras = ["教师全景", "教师特写", "学生全景", "学生特写", "板书", "课件"];

    [Fact]
    public async Task A_teacher_with_Firefox_sees_all_six_seats_of_a_classroom_and_the_classroom_the_teacher()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using (var admin = await ServerCalls.SignInAsync(server.Address, "admin"))
        {
            var room = (await admin.GetAsync<ClassroomRow[]>("/api/admin/classrooms")).Single(room => room.Id == PlannedLesson.HostRoom);
            await admin.PutAsync($"/api/admin/classrooms/{room.Id}", room with { Seats = s_seats });
        }

        using var calls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(calls, LessonCodec.Vp8);
        await using var browsers = await Browsers.StartAsync();
        var host = await browsers.ChromiumAsync(server.Address, "星海", new(Xinghai, "星海", s_cameras), new() { Width = 1920, Height = 1080 });
        await host.SetUpStationAsync("school-xinghai", PlannedLesson.HostRoom);
        var teacher = await browsers.FirefoxAsync(server.Address, "teacher", new(Teacher, "张老师", ["摄像头"], BrowsersMicrophone: true));
        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync(lesson.Id);
        await host.IsInLessonAsync();
        await teacher.PressAsync("start-lesson");

        await Eventually.TrueAsync(
            async () => (await teacher.MarksAsync()).Where(mark => mark is { School: Xinghai, AgeMs: < 2000 }).Select(mark => mark.Seat).Distinct().Count() == s_cameras.Length,
            async () => $"the teacher sees {string.Join(", ", (await teacher.MarksAsync()).Select(mark => mark.ToString()))}\n{teacher.Console}");
        await teacher.ScreenshotAsync("six-seats-console");

        await teacher.PressAsync("layout-Grid");
        await Expect(host.ById("place")).ToHaveCountAsync(s_cameras.Length + 1);
        await host.SeesAsync(Teacher);
        await host.SeesAndHearsMoreAsync();
        await host.ScreenshotAsync("six-seats-panel");
    }
}
