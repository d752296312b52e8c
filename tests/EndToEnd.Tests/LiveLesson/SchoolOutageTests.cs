using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.Lines;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>
/// A tablet, or a whole school with its station and a tablet, is cut off while the lesson goes on: what was done there meanwhile
/// arrives, once, and all show the same afterwards.
/// </summary>
[Trait("Category", "Long")]
public sealed class SchoolOutageTests
{
    private const int Far = 2;

    [Theory]
    [InlineData(false, 10)]
    [InlineData(false, 60)]
    [InlineData(true, 10)]
    [InlineData(true, 60)]
    public async Task What_is_done_without_a_line_arrives_once_and_all_show_the_same_afterwards(bool isWholeSchool, int seconds)
    {
        await using var network = await LineNetwork.BuildAsync("teacher", "far", "tablet");
        var (teacherLine, farLine, tabletLine) = (network[0], network[1], network[2]);
        await using var server = await ServerProcess.StartAtAsync(network.Server, TestContext.Current.CancellationToken);
        using var calls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(calls);
        await using var browsers = await Browsers.StartAsync();
        var teacher = await browsers.ChromiumAsync(teacherLine, server.Address, "teacher", MadeCameras.None, new() { Width = 1440, Height = 900 });
        var station = await browsers.ChromiumAsync(farLine, server.Address, "松桃", new(Far, "松桃", ["教师特写"]));
        var tablet = await browsers.ChromiumAsync(isWholeSchool ? farLine : tabletLine, server.Address, "tablet", MadeCameras.None);
        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync(lesson.Id, hasCamera: false);
        await teacher.PressAsync("start-lesson");
        await station.SetUpStationAsync("school-songtao", PlannedLesson.FarRoom);
        await station.IsInLessonAsync();
        await tablet.JoinByPinAsync(lesson.Pin, "王子涵");
        await teacher.PressAsync("show-board");
        await teacher.PressAsync("tool-pen");
        await teacher.PressAsync("tab-questions");
        await teacher.PressAsync("ask-abcd");
        await Expect(tablet.ById("question-sheet")).ToBeVisibleAsync();

        var line = isWholeSchool ? farLine : tabletLine;
        await line.FallSilentAsync();
        try
        {
            await tablet.PressAsync("choice-1");
            await teacher.BeginStrokeAsync(row: 3);
            await teacher.EndStrokeAsync();
            await Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
            await Expect(tablet.ById("answer-state")).ToHaveAttributeAsync("data-state", "waiting");
        }
        finally
        {
            await line.MendAsync();
        }

        await Expect(tablet.ById("answer-state")).ToHaveAttributeAsync("data-state", "sent");
        await tablet.HasStrokesAsync(1);
        await Same.LessonAsync(teacher, station, tablet);
        var answers = await calls.GetAsync<LessonAnswers>($"/api/lessons/{lesson.Id}/answers");
        Assert.Single(Assert.Single(answers.Questions).Answers);
    }
}
