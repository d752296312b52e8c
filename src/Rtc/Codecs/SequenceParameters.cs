namespace Classroom.Rtc.Codecs;

/// <summary>Reads the picture size from an H.264 sequence parameter set (ITU-T H.264 §7.3.2.1.1).</summary>
public ref struct SequenceParameters
{
    // The longest that is read: with both scaling lists, and far from what encoders write (10 to 40 bytes).
    private const int MaxLength = 512;

    private BitReader _reader;

    private SequenceParameters(ReadOnlySpan<byte> bits) => _reader = new BitReader(bits);

    /// <param name="unit">The whole unit with its header byte.</param>
    /// <param name="width">In pixels after cropping; 1 to 16,384.</param>
    /// <param name="height">In pixels after cropping; 1 to 16,384.</param>
    public static bool TryReadSize(ReadOnlySpan<byte> unit, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (unit.Length < 2)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[MaxLength];
        var body = unit.Slice(1, Math.Min(unit.Length - 1, MaxLength));
        return new SequenceParameters(Unescape(body, plain)).ReadSize(out width, out height);
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

        return !_reader.IsPastEnd && width is > 0 and <= 16384 && height is > 0 and <= 16384;
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

    private int Bits(int count) => (int)_reader.Read(count);

    private int Golomb() => _reader.Golomb();

    private int SignedGolomb() => _reader.SignedGolomb();

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
