using System.Buffers.Binary;

namespace Classroom.Recorder.Mp4;

/// <summary>Where a fragment lies in its file.</summary>
/// <param name="Offset">Of the moof box in its file.</param>
/// <param name="HeadLength">Of the moof box.</param>
/// <param name="Length">Of moof and mdat together.</param>
/// <param name="Duration">In units of the track's time scale.</param>
/// <param name="TimeAt">Where the fragment's time (tfdt, 64 bits) lies, from <paramref name="Offset"/>.</param>
internal sealed record FragmentPlace(long Offset, int HeadLength, long Length, long Duration, int TimeAt);

/// <summary>A fragmented MP4 of one track (ISO/IEC 14496-12), as FFmpeg writes it: what stands where, so that it can be joined with others by copying bytes.</summary>
/// <param name="Head">ftyp and moov.</param>
internal sealed record Mp4Fragments(byte[] Head, int TimeScale, IReadOnlyList<FragmentPlace> Fragments)
{
    public long Duration => Fragments.Sum(fragment => fragment.Duration);

    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static Mp4Fragments Read(string path)
    {
        using var file = File.OpenRead(path);
        using var head = new MemoryStream();
        var fragments = new List<FragmentPlace>();
        var (moofAt, moof) = (0L, Array.Empty<byte>());
        for (var at = 0L; at + Mp4Boxes.HeaderLength <= file.Length;)
        {
            var (type, size) = Mp4Boxes.Header(Bytes(file, at, Mp4Boxes.HeaderLength));
            if (type is "ftyp" or "moov")
            {
                head.Write(Bytes(file, at, size));
            }
            else if (type == "moof")
            {
                (moofAt, moof) = (at, Bytes(file, at, size));
            }
            else if (type == "mdat")
            {
                fragments.Add(FragmentOf(moof, moofAt, size));
            }

            at += size;
        }

        var start = head.ToArray();
        return fragments.Count > 0 && Mp4Boxes.Find(start, "mdhd") is { Length: > 0 } mdhd
            ? new Mp4Fragments(start, TimeScaleOf(start.AsSpan(mdhd.Start, mdhd.Length)), fragments)
            : throw new InvalidDataException($"{Path.GetFileName(path)} is not a fragmented MP4.");
    }

    private static FragmentPlace FragmentOf(byte[] moof, long at, long dataLength)
    {
        var (tfhd, tfdt, trun) = (Mp4Boxes.Find(moof, "tfhd"), Mp4Boxes.Find(moof, "tfdt"), Mp4Boxes.Find(moof, "trun"));
        if (tfhd.Length == 0 || trun.Length == 0 || tfdt.Length < 12 || moof[tfdt.Start] != 1)
        {
            throw new InvalidDataException("A fragment has no time or no samples.");
        }

        var each = DefaultDuration(moof.AsSpan(tfhd.Start, tfhd.Length));
        return new FragmentPlace(at, moof.Length, moof.Length + dataLength, DurationOf(moof.AsSpan(trun.Start, trun.Length), each), tfdt.Start + 4);
    }

    // tfhd: flags, track id, then what the flags say is there, in this order.
    private static uint DefaultDuration(ReadOnlySpan<byte> tfhd)
    {
        var flags = BinaryPrimitives.ReadUInt32BigEndian(tfhd);
        var at = 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
        return (flags & 8) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(tfhd[at..]) : 0;
    }

    // trun: flags, count, data offset, first flags; then of each sample duration, size, flags and offset, as the flags say.
    private static long DurationOf(ReadOnlySpan<byte> trun, uint each)
    {
        var flags = BinaryPrimitives.ReadUInt32BigEndian(trun);
        var count = BinaryPrimitives.ReadUInt32BigEndian(trun[4..]);
        if ((flags & 0x100) == 0)
        {
            return (long)count * each;
        }

        var at = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        var step = 4 * (1 + (int)((flags >> 9) & 1) + (int)((flags >> 10) & 1) + (int)((flags >> 11) & 1));
        var total = 0L;
        for (var i = 0; i < count; i++, at += step)
        {
            total += BinaryPrimitives.ReadUInt32BigEndian(trun[at..]);
        }

        return total;
    }

    // mdhd: behind version, flags and two dates of 4 or 8 bytes.
    private static int TimeScaleOf(ReadOnlySpan<byte> mdhd) => (int)BinaryPrimitives.ReadUInt32BigEndian(mdhd[(mdhd[0] == 1 ? 20 : 12)..]);

    private static byte[] Bytes(FileStream file, long at, long length)
    {
        if (length < Mp4Boxes.HeaderLength || length > file.Length - at)
        {
            throw new InvalidDataException($"{Path.GetFileName(file.Name)} is cut off.");
        }

        var bytes = new byte[length];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }
}
