using Classroom.Rtc;

namespace Classroom.MediaServer.Loops;

/// <summary>One monotonic clock whose place in UTC is fixed at start: a step of the system's clock never moves media.</summary>
internal sealed class MediaClock : IMediaClock
{
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly DateTimeOffset _utcOrigin;
    private readonly double _ticksPerStamp;

    public MediaClock(TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _utcOrigin = time.GetUtcNow();
        _ticksPerStamp = (double)TimeSpan.TicksPerSecond / time.TimestampFrequency;
    }

    public Instant Now => new((long)((_time.GetTimestamp() - _origin) * _ticksPerStamp));

    public DateTimeOffset ToUtc(Instant instant) => _utcOrigin + TimeSpan.FromTicks(instant.Ticks);

    public Instant FromUtc(DateTimeOffset utc) => new((utc - _utcOrigin).Ticks);
}
