using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>RTP packets with header extensions of both forms, and what is counted from their headers.</summary>
internal sealed class RtpTarget : FuzzTarget
{
    private readonly NackTracker _nacks = new();
    private readonly ReceiverStatistics _statistics = new(1, 90_000);
    private readonly ushort[] _due = new ushort[64];
    private long _now;

    public override string Name => "rtp";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Convert.FromHexString("80E0123401020304A0B0C0D0070809"),
        Convert.FromHexString("A2600001000000020000000301010101020202022A000003"),
        Convert.FromHexString("906000010000000200000003BEDE000310AA21BBBB000033CCCCCCCCFF"),
        Convert.FromHexString("90600001000000020000000310000003010002" + "01AA00FF04CCCCCCCC"),
    ];

    public override long AllocationLimit => 0;

    public override int Run(byte[] input)
    {
        if (!RtpPacket.TryParse(input, out var packet))
        {
            return 0;
        }

        Require(packet.HeaderLength + packet.Payload.Length + packet.PaddingLength == input.Length, "Parts do not add up.");
        var elements = 0;
        foreach (var element in packet.Extensions)
        {
            elements += 1 + element.Value.Length;
        }

        Require(elements <= packet.HeaderLength, "More extensions than header.");
        var now = Instant.FromMilliseconds(_now++);
        _statistics.OnPacket(packet.SequenceNumber, packet.Timestamp, now);
        _nacks.OnPacket(packet.SequenceNumber, now);
        Require(_nacks.MissingCount <= NackTracker.MaxMissing, "Too many missing.");
        _nacks.TakeDue(now, TimeSpan.FromMilliseconds(50), _due);
        _ = _statistics.TakeReport(now);
        return HashCode.Combine(packet.HeaderLength, packet.PaddingLength == 0, elements);
    }
}
