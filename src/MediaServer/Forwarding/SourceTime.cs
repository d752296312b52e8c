using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>The sender's clock beside its timestamps, from a sender report (RFC 3550 §6.4.1).</summary>
/// <param name="Ntp">64-bit NTP time; 0: no report yet.</param>
internal readonly record struct SourceTime(ulong Ntp, uint Timestamp, Instant Arrival)
{
    public bool IsKnown => Ntp != 0;

    /// <summary>Both clocks as they stand now, if they have run on evenly.</summary>
    public (ulong Ntp, uint Timestamp) At(Instant now, int clockRate)
    {
        var elapsed = (now - Arrival).Ticks;
        var ntp = Ntp + (ulong)((Int128)elapsed * (1L << 32) / TimeSpan.TicksPerSecond);
        return (ntp, Timestamp + (uint)(elapsed * clockRate / TimeSpan.TicksPerSecond));
    }

    /// <summary>A timestamp of another source of the same sender on this one's line; false before both are known.</summary>
    public bool TryTranslate(SourceTime other, uint timestamp, int clockRate, out uint translated)
    {
        // Both reports carry the sender's one clock.
        var between = (int)((Int128)(long)(other.Ntp - Ntp) * clockRate / (1L << 32));
        translated = Timestamp + (uint)between + (timestamp - other.Timestamp);
        return IsKnown && other.IsKnown;
    }
}
