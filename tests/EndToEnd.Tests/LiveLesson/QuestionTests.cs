using Classroom.Data;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>A teacher and three tablets: asked in two presses, answered also without a network, revealed, and a photo.</summary>
public sealed class QuestionTests
{
    private const string First = "王子涵";
    private const string Second = "李沐阳";
    private const string Third = "张雨桐";
    private static readonly ViewportSize s_tablet = new() { Width = 1194, Height = 834 };
    private static readonly ViewportSize s_phone = new() { Width = 390, Height = 844 };

    [Fact]
    public async Task A_question_goes_round_the_class_and_reaches_the_one_who_was_offline()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var calls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(calls);
        await calls.PostAsync<QuestionRow[]>($"/api/lessons/{lesson.Id}/questions", new QuestionDrafts([Prepared(lesson)]));
        await using var browsers = await Browsers.StartAsync();
        var teacher = await browsers.ChromiumAsync(server.Address, "teacher", MadeCameras.None, new() { Width = 1440, Height = 900 });
        var first = await browsers.ChromiumAsync(server.Address, "first", MadeCameras.None, s_tablet, touch: true);
        var second = await browsers.ChromiumAsync(server.Address, "second", MadeCameras.None, s_phone, touch: true);
        var third = await browsers.ChromiumAsync(server.Address, "third", MadeCameras.None, s_tablet, touch: true);
        var plug = await Plug.OfAsync(third);

        await teacher.SignInAsync("teacher1");
        await teacher.EnterConsoleAsync(lesson.Id, hasCamera: false);
        await teacher.PressAsync("start-lesson");
        await first.JoinByPinAsync(lesson.Pin, First);
        await second.JoinByPinAsync(lesson.Pin, Second);
        await third.JoinByPinAsync(lesson.Pin, Third);

        await AskOnTheSpotAsync(teacher, first, second, third, plug);
        await AskPreparedAsync(teacher, first, second);
        await AskForPhotoAsync(teacher, first, second);
        await LockAsync(teacher, first);
        await ExportAsync(calls, lesson);
    }

    private static async Task AskOnTheSpotAsync(Guest teacher, Guest first, Guest second, Guest third, Plug plug)
    {
        await teacher.PressAsync("tab-questions");
        await teacher.PressAsync("ask-abcd");
        await Expect(third.ById("question-sheet")).ToBeVisibleAsync();
        await first.PressAsync("choice-2");
        await second.PressAsync("choice-1");
        await second.PressAsync("choice-2");
        await Expect(first.ById("answer-state")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(teacher.ById("missing-name")).ToHaveTextAsync([Third]);
        await teacher.ScreenshotAsync("questions-running-console");
        await first.ScreenshotAsync("questions-running-tablet");

        await plug.PullAsync();
        await third.PressAsync("choice-0");
        await Expect(third.ById("answer-state")).ToHaveAttributeAsync("data-state", "waiting");
        await third.ScreenshotAsync("questions-offline-tablet");
        await plug.LooseAsync();
        await third.Page.ReloadAsync();
        await plug.PutInAsync();
        await Expect(third.ById("answer-state")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(third.ById("choice-0")).ToHaveAttributeAsync("aria-checked", "true");
        await Expect(teacher.ById("missing-name")).ToHaveCountAsync(0);
        await Expect(teacher.ById("bar-0")).ToHaveAttributeAsync("data-count", "1");
        await Expect(teacher.ById("bar-2")).ToHaveAttributeAsync("data-count", "2");

        await teacher.PressAsync("close-question");
        await Expect(first.ById("choice-2")).ToBeDisabledAsync();
        await teacher.PressAsync("bar-2");
        await teacher.PressAsync("reveal-question");
        await Expect(first.ById("answer-state")).ToHaveAttributeAsync("data-right", "true");
        await Expect(third.ById("answer-state")).ToHaveAttributeAsync("data-right", "false");
        await Expect(third.ById("bar-2")).ToHaveAttributeAsync("data-count", "2");
        await first.ScreenshotAsync("questions-revealed-tablet");
        await second.ScreenshotAsync("questions-revealed-phone");
        await teacher.ScreenshotAsync("questions-revealed-console");
    }

    private static async Task AskPreparedAsync(Guest teacher, Guest first, Guest second)
    {
        await teacher.PressAsync("next-question");
        await Expect(first.ById("question-text")).ToContainTextAsync("天平");
        await Expect(first.ById("countdown")).ToBeVisibleAsync();
        await second.ById("written-answer").FillAsync("1/2");
        await second.PressAsync("hand-in");
        await Expect(second.ById("answer-state")).ToHaveAttributeAsync("data-state", "sent");
        await second.ScreenshotAsync("questions-number-phone");
        await teacher.PressAsync("close-question");
        await teacher.PressAsync("reveal-question");
        await Expect(second.ById("answer-state")).ToHaveAttributeAsync("data-right", "true");
        await teacher.PressAsync("finish-question");
        await Expect(first.ById("question-sheet")).ToHaveCountAsync(0);
    }

    private static async Task AskForPhotoAsync(Guest teacher, Guest first, Guest second)
    {
        await teacher.PressAsync("ask-photo");
        await Expect(first.ById("take-photo")).ToBeVisibleAsync();
        var book = await first.Page.ScreenshotAsync();
        await first.ById("photo-input").SetInputFilesAsync(new FilePayload { Name = "book.png", MimeType = "image/png", Buffer = book });
        await Expect(first.ById("answer-state")).ToHaveAttributeAsync("data-state", "sent");
        await SeesPhotoAsync(teacher);
        await SeesPhotoAsync(first);
        await Expect(second.ById("answer-photo")).ToHaveCountAsync(0);

        await teacher.PressAsync("close-question");
        await teacher.PressAsync("show-answer");
        await SeesPhotoAsync(second);
        await teacher.PressAsync("mark-right");
        await Expect(first.ById("answer-state")).ToHaveAttributeAsync("data-right", "true");
        await teacher.ScreenshotAsync("questions-photo-console");
        await first.ScreenshotAsync("questions-photo-tablet");
        await teacher.PressAsync("finish-question");
    }

    private static async Task LockAsync(Guest teacher, Guest first)
    {
        await teacher.PressAsync("lock-tablets");
        await Expect(first.ById("tablet-locked")).ToBeVisibleAsync();
        await Expect(first.ById("discuss")).ToHaveCountAsync(0);
        await first.ScreenshotAsync("tablet-locked");
        await teacher.PressAsync("lock-tablets");
        await Expect(first.ById("tablet-locked")).ToHaveCountAsync(0);
    }

    private static async Task ExportAsync(ServerCalls calls, PlannedLesson lesson)
    {
        var answers = await calls.GetAsync<LessonAnswers>($"/api/lessons/{lesson.Id}/answers");
        Assert.Equal([QuestionKind.Single, QuestionKind.Number, QuestionKind.Picture], answers.Questions.Select(question => question.Kind));
        Assert.Equal([3, 1, 1], answers.Questions.Select(question => question.Answers.Length));
        var folder = Directory.CreateTempSubdirectory("classroom-answers-").FullName;
        var table = await File.ReadAllTextAsync(await calls.DownloadAsync($"/api/lessons/{lesson.Id}/answers.csv", folder), TestContext.Current.CancellationToken);
        Assert.Contains($",{Third},园区星海小学,五年级1班,0,A,错,0,", table, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static Task SeesPhotoAsync(Guest guest) => Eventually.TrueAsync(
        () => guest.Page.EvaluateAsync<bool>("[...document.querySelectorAll('[data-testid=answer-photo], [data-testid=photo-preview]')].some((picture) => picture.naturalWidth > 0)"),
        () => Task.FromResult($"{guest.Name} sees no photo\n{guest.Console}"));

    private static QuestionDraft Prepared(PlannedLesson lesson) =>
        new(QuestionKind.Number, "天平左边放 1 个苹果，右边放 0.5 千克砝码，天平平衡。苹果重多少千克？", [], new RightAnswer(Number: 0.5, Tolerance: 0.01), 60, 2, lesson.Point.Id);
}
