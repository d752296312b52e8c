namespace Classroom.MediaServer.Tests.Support;

/// <summary>The machine's time, of which a test skips as much as it likes.</summary>
internal sealed class LeapingTime : TimeProvider
{
    private long _skipped;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _skipped);

    /// <summary>What was a moment ago is that long ago now.</summary>
    public void Skip(TimeSpan length) => Interlocked.Add(ref _skipped, (long)(length.TotalSeconds * TimestampFrequency));
}
