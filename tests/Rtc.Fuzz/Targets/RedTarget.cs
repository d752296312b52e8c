using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Payloads of sound with redundancy (RFC 2198), taken apart and given another payload type.</summary>
internal sealed class RedTarget : FuzzTarget
{
    private readonly byte[] _copy = new byte[4096];

    public override string Name => "red";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Convert.FromHexString("6F" + "FC01020304"),
        Convert.FromHexString("EF0F0005" + "6F" + "FC01020304" + "FC0A0B0C"),
        Convert.FromHexString("EF1E0003" + "EF0F0002" + "6F" + "FC0102" + "FC03" + "FC0405"),
        Convert.FromHexString("8DFFFFFF" + "EF000000" + "6F" + "FC"),
        Convert.FromHexString(string.Concat(Enumerable.Repeat("EF0F0001", RedPayload.MaxBlocks - 1)) + "6F" + "010203040506070809" + "FC"),
    ];

    public override long AllocationLimit => 0;

    public override int Run(byte[] input)
    {
        if (!RedPayload.TryParse(input, out var red))
        {
            return 0;
        }

        Require(red.EarlierCount < RedPayload.MaxBlocks, "Too many blocks.");
        Require(!red.Primary.IsEmpty, "A packet without sound of its own.");
        var length = (red.EarlierCount * 4) + 1;
        for (var i = 0; i < red.EarlierCount; i++)
        {
            length += red[i].Data.Length;
        }

        Require(length == red.PrimaryAt && length + red.Primary.Length == input.Length, "Parts do not add up.");
        input.CopyTo(_copy, 0);
        RedPayload.SetPayloadType(_copy.AsSpan(0, input.Length), 5);
        Require(RedPayload.TryParse(_copy.AsSpan(0, input.Length), out var again), "What was written cannot be read.");
        Require(again.IsAll(5) && again.PrimaryAt == red.PrimaryAt, "Something else was written.");
        return HashCode.Combine(red.EarlierCount, red.PrimaryAt, red.IsAll(red.PrimaryType));
    }
}
