namespace Classroom.Recorder.Codecs;

/// <summary>Reads the picture size from an H.264 sequence parameter set (ITU-T H.264 §7.3.2.1.1).</summary>
internal ref struct SpsReader
{
    private readonly ReadOnlySpan<byte> _bits;
    private int _position;

    private SpsReader(ReadOnlySpan<byte> bits) => _bits = bits;

    /// <param name="unit">The whole unit with its header byte.</param>
    public static bool TryReadSize(ReadOnlySpan<byte> unit, out int width, out int height)
    {
        Span<byte> plain = unit.Length <= 256 ? stackalloc byte[unit.Length] : new byte[unit.Length];
        var reader = new SpsReader(Unescape(unit[1..], plain));
        return reader.ReadSize(out width, out height);
    }

    private bool ReadSize(out int width, out int height)
    {
        var profile = Bits(8);
        Bits(16);
        Golomb();
        var chroma = 1;
        if (profile is 100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135)
        {
            chroma = ReadHighProfile();
        }

        Golomb();
        ReadPictureOrder();
        Golomb();
        Bits(1);
        width = (Golomb() + 1) * 16;
        var mapHeight = Golomb() + 1;
        var framesOnly = Bits(1);
        height = mapHeight * 16 * (2 - framesOnly);
        Bits(framesOnly == 1 ? 1 : 2);
        if (Bits(1) == 1)
        {
            Crop(chroma, framesOnly, ref width, ref height);
        }

        return _position <= _bits.Length * 8 && width is > 0 and <= 16384 && height is > 0 and <= 16384;
    }

    private void Crop(int chroma, int framesOnly, ref int width, ref int height)
    {
        var unitX = chroma is 1 or 2 ? 2 : 1;
        var unitY = (chroma == 1 ? 2 : 1) * (2 - framesOnly);
        width -= (Golomb() + Golomb()) * unitX;
        height -= (Golomb() + Golomb()) * unitY;
    }

    private int ReadHighProfile()
    {
        var chroma = Golomb();
        if (chroma == 3)
        {
            Bits(1);
        }

        Golomb();
        Golomb();
        Bits(1);
        if (Bits(1) == 1)
        {
            for (var i = 0; i < (chroma == 3 ? 12 : 8); i++)
            {
                if (Bits(1) == 1)
                {
                    SkipScalingList(i < 6 ? 16 : 64);
                }
            }
        }

        return chroma;
    }

    private void SkipScalingList(int size)
    {
        var last = 8;
        var next = 8;
        for (var i = 0; i < size; i++)
        {
            if (next != 0)
            {
                next = (last + SignedGolomb() + 256) % 256;
            }

            last = next == 0 ? last : next;
        }
    }

    private void ReadPictureOrder()
    {
        var type = Golomb();
        if (type == 0)
        {
            Golomb();
        }
        else if (type == 1)
        {
            Bits(1);
            SignedGolomb();
            SignedGolomb();
            var count = Math.Min(Golomb(), 255);
            for (var i = 0; i < count; i++)
            {
                SignedGolomb();
            }
        }
    }

    // Past the end zeros are read; the caller notices by the position.
    private int Bits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, _position++)
        {
            var index = _position >> 3;
            value = (value << 1) | (index < _bits.Length ? (_bits[index] >> (7 - (_position & 7))) & 1 : 0);
        }

        return value;
    }

    private int Golomb()
    {
        var zeros = 0;
        while (zeros < 31 && Bits(1) == 0)
        {
            zeros++;
        }

        return (1 << zeros) - 1 + Bits(zeros);
    }

    private int SignedGolomb()
    {
        var value = Golomb();
        return (value & 1) == 1 ? (value + 1) >> 1 : -(value >> 1);
    }

    // 00 00 03 stands for 00 00 (§7.4.1).
    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> unit, Span<byte> plain)
    {
        var length = 0;
        var zeros = 0;
        foreach (var value in unit)
        {
            if (zeros >= 2 && value == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = value == 0 ? zeros + 1 : 0;
            plain[length++] = value;
        }

        return plain[..length];
    }
}
