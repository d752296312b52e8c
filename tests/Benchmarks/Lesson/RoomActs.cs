using System.Diagnostics;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Benchmarks.Lesson;

/// <summary>
/// What people of a lesson do, at the pace of real ones: the teacher writes a stroke a second, every pupil says something about
/// once a minute and raises a hand every minute and a half, and one question is answered by everybody within two seconds.
/// </summary>
internal sealed class RoomActs(LoadedRoom room)
{
    private const int Seed = 20261122;
    private const string Board = "board/1";
    private static readonly TimeSpan s_betweenWords = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_betweenHands = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_betweenStrokes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_betweenPoints = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_asked = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_thinking = TimeSpan.FromSeconds(2);
    private static readonly string s_stroke = MadeInk.Wave(60);
    private static readonly string s_piece = MadeInk.Wave(6);
    private readonly Random _random = new(Seed);

    /// <summary>From the call to its acknowledgement, which is after the commit.</summary>
    public Spread Acknowledged { get; } = new();

    public async Task RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        List<Task> acts = [];
        var clock = Stopwatch.StartNew();
        foreach (var (at, act) in Plan(length).OrderBy(step => step.At))
        {
            if (at > clock.Elapsed)
            {
                await Task.Delay(at - clock.Elapsed, cancellationToken);
            }

            acts.Add(MeasureAsync(act));
        }

        await Task.WhenAll(acts);
    }

    private IEnumerable<(TimeSpan At, Func<Task<double>> Act)> Plan(TimeSpan length) => [.. Teaching(length), .. Learning(length)];

    private IEnumerable<(TimeSpan At, Func<Task<double>> Act)> Teaching(TimeSpan length)
    {
        yield return (TimeSpan.Zero, () => room.Teacher.DoAsync("ShowSurface", Board));
        yield return (s_asked, AskAsync);
        for (var at = s_betweenStrokes; at < length; at += s_betweenStrokes)
        {
            yield return (at, () => room.Teacher.DoAsync("Draw", (object)new[] { new StrokeInput(LoadedPage.Stamp(), Board, "pen", "ink", 3, s_stroke, IsPrivate: false) }));
        }

        for (var at = s_betweenPoints; at < length; at += s_betweenPoints)
        {
            yield return (at, () => room.Teacher.SayAsync("Pass", new PassingInk("stroke", Board, "passing1", "pen", "ink", 3, s_piece)));
        }
    }

    private IEnumerable<(TimeSpan At, Func<Task<double>> Act)> Learning(TimeSpan length)
    {
        foreach (var tablet in room.Tablets)
        {
            foreach (var at in Times(length, s_betweenWords))
            {
                yield return (at, () => tablet.DoAsync("Chat", LoadedPage.Stamp()));
            }

            foreach (var at in Times(length, s_betweenHands))
            {
                yield return (at, () => tablet.DoAsync("RaiseHand", true, null));
            }

            yield return (s_asked + TimeSpan.FromSeconds(1) + s_thinking * _random.NextDouble(), () => tablet.DoAsync("AnswerQuestion", tablet.Question, new AnswerValue(Text: LoadedPage.Stamp())));
        }
    }

    private Task<double> AskAsync() => room.Teacher.DoAsync("AskQuestion", new QuestionDraft(QuestionKind.Text, "3x + 5 = 20", [], null, Seconds: 0, Points: 1, KnowledgePointId: null), null);

    /// <summary>A Poisson process: the next time does not depend on the last.</summary>
    private IEnumerable<TimeSpan> Times(TimeSpan length, TimeSpan mean)
    {
        for (var at = Pause(mean); at < length; at += Pause(mean))
        {
            yield return at;
        }
    }

    private TimeSpan Pause(TimeSpan mean) => mean * -Math.Log(1 - _random.NextDouble());

    private async Task MeasureAsync(Func<Task<double>> act) => Acknowledged.Add(await act());
}
