namespace Classroom.Rtc.Codecs;

/// <summary>Reads bits, most significant first. Past the end it reads zeros and says so in <see cref="IsPastEnd"/>.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bits)
{
    private readonly ReadOnlySpan<byte> _bits = bits;

    /// <summary>Bits read so far.</summary>
    public int Position { get; private set; }

    public readonly bool IsPastEnd => Position > _bits.Length * 8;

    /// <param name="count">0 to 32.</param>
    public uint Read(int count)
    {
        var value = 0u;
        for (var i = 0; i < count; i++, Position++)
        {
            var index = Position >> 3;
            value = (value << 1) | (index < _bits.Length ? (uint)(_bits[index] >> (7 - (Position & 7))) & 1 : 0);
        }

        return value;
    }

    public bool Flag() => Read(1) != 0;

    /// <summary>Non-symmetric unsigned integer below <paramref name="limit"/> (AV1 bitstream §4.10.7).</summary>
    public uint Below(uint limit)
    {
        if (limit <= 1)
        {
            return 0;
        }

        var width = 32 - System.Numerics.BitOperations.LeadingZeroCount(limit);
        var shorter = (1u << width) - limit;
        var value = Read(width - 1);
        return value < shorter ? value : (value << 1) - shorter + Read(1);
    }

    /// <summary>Exponential Golomb code (ITU-T H.264 §9.1), at most 31 bits long.</summary>
    public int Golomb()
    {
        var zeros = 0;
        while (zeros < 31 && Read(1) == 0)
        {
            zeros++;
        }

        return (int)((1u << zeros) - 1 + Read(zeros));
    }

    /// <summary>Signed exponential Golomb code (ITU-T H.264 §9.1.1).</summary>
    public int SignedGolomb()
    {
        var value = Golomb();
        return (value & 1) == 1 ? (value + 1) >> 1 : -(value >> 1);
    }
}
