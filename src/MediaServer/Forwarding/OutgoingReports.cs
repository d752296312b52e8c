using System.Runtime.CompilerServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>What one subscription sent, and what its receiver says of it (RFC 3550 §6.4).</summary>
internal sealed class OutgoingReports
{
    private const int Remembered = 8;

    private readonly uint[] _reportIds = new uint[Remembered];
    private readonly Instant[] _reportTimes = new Instant[Remembered];
    private int _next;

    private RateMeter _rate;

    public double BitsPerSecond => _rate.BitsPerSecond;

    public uint Packets { get; private set; }

    public uint Octets { get; private set; }

    public TimeSpan RoundTrip { get; private set; }

    public double LossPercent { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnPacket(int payload)
    {
        Packets++;
        Octets += (uint)payload;
        _rate.Add(payload);
    }

    public void Tick(Instant now) => _rate.Tick(now);

    /// <summary>A sender report with this NTP time left.</summary>
    public void OnReportSent(ulong ntp, Instant now)
    {
        _reportIds[_next] = (uint)(ntp >> 16);
        _reportTimes[_next] = now;
        _next = (_next + 1) % Remembered;
    }

    /// <param name="lastReport">LSR: middle bits of the NTP time of the report that was seen last.</param>
    /// <param name="delay">DLSR in 1/65536 s.</param>
    public void OnReceiverReport(byte fractionLost, uint lastReport, uint delay, Instant now)
    {
        LossPercent = fractionLost * 100.0 / 256;
        var place = lastReport == 0 ? -1 : Array.IndexOf(_reportIds, lastReport);
        if (place < 0)
        {
            return;
        }

        var roundTrip = now - _reportTimes[place] - TimeSpan.FromSeconds(delay / 65536.0);
        if (roundTrip >= TimeSpan.Zero)
        {
            RoundTrip = roundTrip;
        }
    }
}
