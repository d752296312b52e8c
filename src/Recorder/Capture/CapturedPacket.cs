using System.Buffers;
using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>A copy of one RTP packet in a rented buffer, on its way from the media loop to the disk.</summary>
internal readonly record struct CapturedPacket(byte[] Buffer, int Length, Instant Arrival)
{
    public ReadOnlySpan<byte> Data => Buffer.AsSpan(0, Length);

    public static CapturedPacket Copy(ReadOnlySpan<byte> packet, Instant arrival)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(packet.Length);
        packet.CopyTo(buffer);
        return new CapturedPacket(buffer, packet.Length, arrival);
    }

    public void Return() => ArrayPool<byte>.Shared.Return(Buffer);
}

/// <summary>When the sender took the sample with that RTP timestamp (RFC 3550 §6.4.1), in ticks of 100 ns since the NTP era began.</summary>
internal readonly record struct SenderTime(long NtpTicks, uint RtpTimestamp, Instant Arrival, TimeSpan RoundTrip)
{
    /// <param name="ntp">32 bits of seconds, 32 bits of fraction.</param>
    public static long Ticks(ulong ntp) =>
        ((long)(ntp >> 32) * TimeSpan.TicksPerSecond) + (long)(((ntp & 0xFFFF_FFFF) * TimeSpan.TicksPerSecond) >> 32);
}
