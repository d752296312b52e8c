using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>The server is killed while a child answers and the teacher writes: afterwards all show the same, and nothing is lost or there twice.</summary>
public sealed class ServerFaultTests
{
    private static readonly ViewportSize s_tablet = new() { Width = 1194, Height = 834 };

    [Fact]
    public async Task A_server_that_dies_in_the_middle_of_a_question_and_of_a_stroke_loses_neither()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var calls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(calls);
        await using var browsers = await Browsers.StartAsync();
        var teacher = await browsers.ChromiumAsync(server.Address, "teacher", MadeCameras.None, new() { Width = 1440, Height = 900 });
        var first = await browsers.ChromiumAsync(server.Address, "first", MadeCameras.None, s_tablet, touch: true);
        var second = await browsers.ChromiumAsync(server.Address, "second", MadeCameras.None, s_tablet, touch: true);
        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync(lesson.Id, hasCamera: false);
        await teacher.PressAsync("start-lesson");
        await first.JoinByPinAsync(lesson.Pin, "王子涵");
        await second.JoinByPinAsync(lesson.Pin, "李沐阳");
        await teacher.PressAsync("show-board");
        await teacher.PressAsync("tool-pen");
        await teacher.BeginStrokeAsync(row: 2);
        await teacher.EndStrokeAsync();
        await first.HasStrokesAsync(1);
        await teacher.PressAsync("tab-questions");
        await teacher.PressAsync("ask-abcd");
        await first.PressAsync("choice-1");
        await Expect(first.ById("answer-state")).ToHaveAttributeAsync("data-state", "sent");

        await teacher.BeginStrokeAsync(row: 4);
        await server.KillAsync();
        await teacher.EndStrokeAsync();
        await second.PressAsync("choice-2");
        await Expect(second.ById("answer-state")).ToHaveAttributeAsync("data-state", "waiting");
        await server.StartAgainAsync(TestContext.Current.CancellationToken);

        await Expect(second.ById("answer-state")).ToHaveAttributeAsync("data-state", "sent");
        await teacher.HasStrokesAsync(2);
        await first.HasStrokesAsync(2);
        await second.HasStrokesAsync(2);
        var late = await browsers.ChromiumAsync(server.Address, "late", MadeCameras.None, s_tablet, touch: true);
        await late.JoinByPinAsync(lesson.Pin, "张雨桐");
        await Same.LessonAsync(teacher, first, second, late);
        await late.HasStrokesAsync(2);

        using var again = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var answers = await again.GetAsync<LessonAnswers>($"/api/lessons/{lesson.Id}/answers");
        Assert.Equal(2, Assert.Single(answers.Questions).Answers.Length);
    }
}
