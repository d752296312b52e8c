using Classroom.Rtc;

namespace Classroom.VirtualNetwork;

/// <summary>Runs a source over a path in steps of a millisecond of virtual time.</summary>
internal sealed class Simulation
{
    private const int StepMs = 1;
    private const int SampleMs = 100;
    private const int WindowSamples = 5;
    private readonly PathOptions _options;
    private readonly IVirtualSource _source;
    private readonly VirtualPath _path;
    private readonly SubscriberLink _link;
    private readonly VirtualReceiver _receiver;
    private readonly List<Sample> _samples = [];
    private readonly List<(long Sent, long Served)> _totals = [];

    private Simulation(PathOptions options, IVirtualSource source, int seed)
    {
        _options = options;
        _source = source;
        _path = new VirtualPath(options, seed);
        _link = new SubscriberLink(_path);
        _receiver = new VirtualReceiver(_path);
    }

    public static RunResult Run(Scenario scenario, IVirtualSource source, int seed = 1)
    {
        var simulation = new Simulation(scenario.Path, source, seed);
        for (var ms = 0; ms < scenario.Length.TotalMilliseconds; ms += StepMs)
        {
            simulation.Step(ms);
        }

        return simulation.Sum(scenario);
    }

    private void Step(int ms)
    {
        var now = Instant.FromMilliseconds(ms);
        _path.Advance(now);
        _receiver.Step(now);
        while (_path.TryReceiveReport(now, out var report, out var at))
        {
            _link.OnReport(report, _source, at);
        }

        _source.Step(_link, now);
        _link.Step(_source, now);
        if (ms % SampleMs == 0)
        {
            Take(ms / 1000.0);
        }
    }

    private void Take(double seconds)
    {
        _totals.Add((_link.Bytes, _path.Served));
        var before = _totals[Math.Max(0, _totals.Count - 1 - WindowSamples)];
        var time = WindowSamples * SampleMs;
        var capacity = _options.CapacityAt(TimeSpan.FromSeconds(seconds));
        _samples.Add(new Sample(
            seconds,
            capacity.KilobitsPerSecond,
            _link.Bandwidth.Estimate.KilobitsPerSecond,
            (_link.Bytes - before.Sent) * 8.0 / time,
            (_path.Served - before.Served) * 8.0 / time,
            _path.LastQueueMs,
            _source.Ideal(capacity * _source.Share(_options.Loss)).KilobitsPerSecond,
            [.. _source.CurrentKilobits]));
    }

    private RunResult Sum(Scenario scenario)
    {
        var steady = _samples.Where(s => s.Seconds >= 5).ToArray();
        var queue = _path.QueueMs.Order().ToArray();
        var lesson = _source as LessonSource;
        return new RunResult(
            steady.Sum(s => Math.Min(s.Served, s.Capacity)) / steady.Sum(s => s.Capacity),
            steady.Sum(s => Math.Min(Granted(s), s.Ideal)) / steady.Sum(s => s.Ideal),
            queue[queue.Length / 2],
            queue[queue.Length * 95 / 100],
            queue[^1],
            [.. scenario.Path.Capacity.Select(step => Settle(step.From.TotalSeconds))],
            _receiver.Videos.Sum(v => v.Freezes),
            _receiver.Videos.Max(v => v.FrozenTime) / scenario.Length,
            _receiver.Videos.Max(v => v.LongestFreeze).TotalMilliseconds,
            lesson is null ? 0 : 1 - ((double)_receiver.VoicePackets / lesson.VoicePackets),
            _receiver.LongestVoiceGap.TotalMilliseconds,
            (double)_link.PaddingBytes / _link.Bytes,
            lesson?.Changes ?? 0,
            (double)_link.RepeatedBytes / _link.Bytes,
            _link.Bandwidth.State,
            _samples);
    }

    private static double Granted(Sample sample) => sample.Parts.Sum();

    private double Settle(double from)
    {
        const int Length = 1000 / SampleMs;
        for (var i = 0; i + Length <= _samples.Count; i++)
        {
            var window = _samples.GetRange(i, Length);
            if (window[0].Seconds >= from
                && window.Average(s => Math.Min(Granted(s), s.Ideal)) >= 0.85 * window.Average(s => s.Ideal)
                && window.Average(s => s.QueueMs) < 100)
            {
                return window[0].Seconds - from;
            }
        }

        return double.PositiveInfinity;
    }
}
