using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Rtp;

/// <summary>Counts what arrives of one SSRC, for receiver reports (RFC 3550, 6.4.1, A.1, A.3, A.8).</summary>
/// <param name="ssrc">The stream that is reported on.</param>
/// <param name="clockRate">Timestamp units per second, e.g. 90,000.</param>
public sealed class ReceiverStatistics(uint ssrc, int clockRate)
{
    // A jump of more than this is a sender that started again, once two packets in a row say so (RFC 3550, A.1).
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    private SequenceUnwrapper _unwrapper;
    private long _base = -1;
    private ushort? _restartAt;
    private long _expectedPrior;
    private long _receivedPrior;
    private long _transitPrior;
    private bool _hasTransit;

    // In timestamp units, scaled by 16 (RFC 3550, A.8).
    private long _jitter;
    private uint _lastSenderReport;
    private Instant _lastSenderReportAt;

    public uint Ssrc => ssrc;

    /// <summary>Packets that came, duplicates included.</summary>
    public long Received { get; private set; }

    /// <summary>Packets that should have come from the first to the highest sequence number.</summary>
    public long Expected => _base < 0 ? 0 : _unwrapper.Highest - _base + 1;

    /// <summary>Negative when there were more duplicates than losses.</summary>
    public long Lost => Expected - Received;

    /// <summary>Interarrival jitter in timestamp units.</summary>
    public uint Jitter => (uint)(_jitter >> 4);

    public void OnPacket(ushort sequence, uint timestamp, Instant now)
    {
        if (!Follow(sequence))
        {
            return;
        }

        Received++;
        UpdateJitter(timestamp, now);
    }

    /// <param name="ntpTimestamp">64 bits as in the sender report.</param>
    /// <param name="now">When it came.</param>
    public void OnSenderReport(ulong ntpTimestamp, Instant now)
    {
        _lastSenderReport = (uint)(ntpTimestamp >> 16);
        _lastSenderReportAt = now;
    }

    /// <summary>Makes the report block and begins the next interval of the loss fraction.</summary>
    public ReportBlock TakeReport(Instant now)
    {
        var expected = Expected - _expectedPrior;
        var lost = expected - (Received - _receivedPrior);
        _expectedPrior = Expected;
        _receivedPrior = Received;
        var fraction = expected <= 0 || lost <= 0 ? 0 : Math.Min(255, (lost << 8) / expected);
        return new ReportBlock(
            ssrc,
            (byte)fraction,
            (int)Math.Clamp(Lost, ReportBlock.MinLost, ReportBlock.MaxLost),
            (uint)_unwrapper.Highest,
            Jitter,
            _lastSenderReport,
            _lastSenderReport == 0 ? 0 : ToShortNtp(now - _lastSenderReportAt));
    }

    // 65,536ths of a second.
    private static uint ToShortNtp(TimeSpan span) => (uint)(span.Ticks * 65536 / TimeSpan.TicksPerSecond);

    private bool Follow(ushort sequence)
    {
        if (_base < 0)
        {
            Restart(sequence);
            return true;
        }

        var distance = SequenceNumber.Distance((ushort)_unwrapper.Highest, sequence);
        if (distance is > MaxDropout or < -MaxMisorder)
        {
            if (_restartAt != sequence)
            {
                _restartAt = (ushort)(sequence + 1);
                return false;
            }

            Restart(sequence);
            return true;
        }

        _restartAt = null;
        _unwrapper.Unwrap(sequence);
        return true;
    }

    private void Restart(ushort sequence)
    {
        _unwrapper = default;
        _base = _unwrapper.Unwrap(sequence);
        _restartAt = null;
        Received = 0;
        _expectedPrior = 0;
        _receivedPrior = 0;
        _hasTransit = false;
    }

    private void UpdateJitter(uint timestamp, Instant now)
    {
        var arrival = (long)((Int128)now.Ticks * clockRate / TimeSpan.TicksPerSecond);
        var transit = (int)((uint)arrival - timestamp);
        if (_hasTransit)
        {
            // Signed 32-bit distance, so that a wrap of the timestamp is no jump.
            var difference = Math.Abs((long)(int)(transit - _transitPrior));
            _jitter += difference - ((_jitter + 8) >> 4);
        }

        _transitPrior = transit;
        _hasTransit = true;
    }
}
