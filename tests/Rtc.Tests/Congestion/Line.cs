using Classroom.Rtc.Congestion;
using Classroom.Rtc.Rtcp;

namespace Classroom.Rtc.Tests.Congestion;

/// <summary>A sender and the reports it gets, in virtual time.</summary>
internal sealed class Line(SendSideBandwidth bandwidth)
{
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(20);
    private readonly TransportCcRecorder _recorder = new();
    private readonly byte[] _buffer = new byte[1200];
    private Instant _free = new(0);
    private Instant _nextReport = new(0);

    public Line(BandwidthOptions? options = null)
        : this(new SendSideBandwidth(options))
    {
    }

    public SendSideBandwidth Bandwidth => bandwidth;

    public Instant Now { get; set; } = Instant.FromMilliseconds(1000);

    /// <summary>Sends a packet over a line of that capacity; it waits for those before it.</summary>
    public ushort Send(int bytes, Bitrate capacity, bool lost = false)
    {
        var sequence = bandwidth.OnSent(bytes, Now);
        _free = Instant.Max(_free, Now) + TimeSpan.FromSeconds(bytes * 8.0 / capacity.BitsPerSecond);
        if (!lost)
        {
            Arrive(sequence, _free + s_delay);
        }

        return sequence;
    }

    public void Arrive(ushort sequence, Instant at) => _recorder.OnPacket(sequence, at);

    /// <summary>Hands over what has arrived; copies come again and again.</summary>
    public void Report(int copies = 1)
    {
        while (true)
        {
            var writer = new RtcpWriter(_buffer);
            if (!_recorder.TryWrite(ref writer, 1, 2))
            {
                return;
            }

            for (var copy = 0; copy < copies; copy++)
            {
                Deliver(bandwidth, writer.Written, Now + s_delay);
            }
        }
    }

    /// <summary>Sends at a steady rate and reports every 50 ms.</summary>
    public void Run(TimeSpan time, Bitrate rate, Bitrate capacity, Func<int, bool>? isLost = null)
    {
        const int Bytes = 1200;
        var interval = TimeSpan.FromSeconds(Bytes * 8.0 / rate.BitsPerSecond);
        var end = Now + time;
        for (var i = 0; Now < end; i++, Now += interval)
        {
            Send(Bytes, capacity, isLost?.Invoke(i) ?? false);
            if (Now >= _nextReport)
            {
                _nextReport = Now + TransportCcRecorder.Interval;
                Report();
            }

            bandwidth.OnTick(Now);
        }
    }

    public static void Deliver(SendSideBandwidth bandwidth, ReadOnlySpan<byte> report, Instant now)
    {
        var reader = new RtcpReader(report);
        while (reader.TryRead(out var packet))
        {
            if (packet.TryGetTransportCc(out var feedback))
            {
                bandwidth.OnFeedback(feedback, now);
            }
        }
    }
}
