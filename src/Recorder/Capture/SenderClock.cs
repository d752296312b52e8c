using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>
/// Places a sender's NTP clock on the media clock: the windowed minimum of (arrival − NTP), which is the report that waited
/// least on its way, minus half the round trip. Shared by all streams of one participant, so that they stay in step exactly.
/// </summary>
internal sealed class SenderClock
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly long Jump = TimeSpan.TicksPerSecond;
    private readonly Queue<Sample> _samples = new();

    public bool IsKnown => _samples.Count > 0;

    /// <summary>Media clock minus NTP, in ticks.</summary>
    public long Offset { get; private set; }

    /// <summary>False when the report cannot be of this clock: it differs by more than a second.</summary>
    public bool Fits(SenderTime report) => !IsKnown || Math.Abs(report.Arrival.Ticks - report.NtpTicks - Offset) < Jump;

    public void Add(SenderTime report)
    {
        _samples.Enqueue(new Sample(report.Arrival, report.Arrival.Ticks - report.NtpTicks, report.RoundTrip.Ticks));
        while (_samples.Peek().At + Window < report.Arrival)
        {
            _samples.Dequeue();
        }

        var fastest = _samples.Min(sample => sample.Delta);
        var roundTrips = _samples.Where(sample => sample.RoundTrip > 0).Select(sample => sample.RoundTrip);
        Offset = fastest - (roundTrips.DefaultIfEmpty(0).Min() / 2);
    }

    private readonly record struct Sample(Instant At, long Delta, long RoundTrip);
}
