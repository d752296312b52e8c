using Classroom.Data;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;

namespace Classroom.EndToEnd.Tests.LiveLesson;

/// <summary>A tablet comes late to a whiteboard that is full of ink; prints how long it took until all of it was there.</summary>
[Trait("Category", "Long")]
public sealed class LateBoardTests(ITestOutputHelper output)
{
    private const string Board = "board/1";
    private const int InOneCall = 50;

    /// <summary>What one pen may write without a pause.</summary>
    private const int OfOnePen = 600;
    private const int All = 5000;

    /// <summary>Reloads of the page: a tablet that comes again, with everything but the lesson in its cache.</summary>
    private const int Rounds = 5;

    private const string UntilAllInk =
        """
        async (count) => {
          const surface = () => document.querySelector('[data-testid=board-surface]');
          while (Number(surface()?.dataset.strokes) !== count) await new Promise(requestAnimationFrame);
          return performance.now();
        }
        """;

    [Fact]
    public async Task A_late_tablet_has_all_five_thousand_strokes()
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        using var calls = await ServerCalls.SignInAsync(server.Address, "teacher1");
        var lesson = await PlannedLesson.PlanAsync(calls);
        await calls.PostAsync<object>($"/api/lessons/{lesson.Id}/open");
        await using var teacher = await ComeAsync(server, calls, lesson);
        await teacher.CallAsync("StartLesson", "start-the-lesson");
        await teacher.CallAsync("ShowSurface", "show-the-board", Board);
        await using var browsers = await Browsers.StartAsync();
        var tablet = await browsers.ChromiumAsync(server.Address, "tablet", MadeCameras.None, new() { Width = 1194, Height = 834 }, touch: true);
        await tablet.JoinByPinAsync(lesson.Pin, "王子涵");

        await DrawAsync(teacher, 0, InOneCall);
        var few = await ComeAgainAsync(tablet, InOneCall);
        for (var first = InOneCall; first < All; first += OfOnePen)
        {
            await using var colleague = await ComeAsync(server, calls, lesson);
            await DrawAsync(colleague, first, Math.Min(All, first + OfOnePen));
        }

        var all = await ComeAgainAsync(tablet, All);
        output.WriteLine($"From the navigation to all ink, median of {Rounds}: {few:F0} ms with {InOneCall} strokes, {all:F0} ms with {All} of 60 points; the ink itself {all - few:F0} ms");
        await tablet.ScreenshotAsync("late-board");
    }

    private static async Task<HubClient> ComeAsync(ServerProcess server, ServerCalls calls, PlannedLesson lesson)
    {
        var ticket = await calls.PostAsync<JoinTicket>($"/api/lessons/{lesson.Id}/token", new TokenRequest(LessonRole.Teacher, null));
        var hub = await HubClient.ConnectAsync(new Uri(server.Address, "/hubs/classroom"), ticket.Token, TestContext.Current.CancellationToken);
        await hub.CallAsync<JoinReply>("Join", new JoinRequest(null, 0, null));
        return hub;
    }

    private static async Task DrawAsync(HubClient pen, int from, int to)
    {
        for (var first = from; first < to; first += InOneCall)
        {
            var strokes = Enumerable.Range(first, InOneCall).Select(number => new StrokeInput($"stroke{number:D6}", Board, "pen", "ink", 3, MadeInk.Wave(60), IsPrivate: false)).ToArray();
            await pen.CallAsync("Draw", $"draw-from-{first:D6}", strokes);
        }
    }

    /// <returns>Milliseconds from the navigation until all strokes are on the page.</returns>
    private static async Task<double> ComeAgainAsync(Guest tablet, int strokes)
    {
        await tablet.HasStrokesAsync(strokes);
        List<double> times = [];
        for (var round = 0; round < Rounds; round++)
        {
            await tablet.Page.ReloadAsync();
            times.Add(await tablet.Page.EvaluateAsync<double>(UntilAllInk, strokes));
        }

        return times.Order().ElementAt(Rounds / 2);
    }
}
