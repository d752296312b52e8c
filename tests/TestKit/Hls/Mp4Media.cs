namespace Classroom.TestKit.Hls;

/// <summary>Reads the samples of a media segment.</summary>
internal static class Mp4Media
{
    private const uint NotSync = 0x1_0000;

    /// <exception cref="InvalidDataException">It is not a media segment of that header's track.</exception>
    public static IReadOnlyList<Mp4Frame> Read(ReadOnlyMemory<byte> bytes, Mp4Header header)
    {
        var boxes = Mp4Box.Read(bytes);
        var frames = new List<Mp4Frame>();
        for (var i = 0; i < boxes.Count; i++)
        {
            if (boxes[i].Type == "moof")
            {
                if (i + 1 == boxes.Count || boxes[i + 1].Type != "mdat")
                {
                    throw new InvalidDataException("A moof is followed by its mdat.");
                }

                ReadFragment(bytes, boxes[i], boxes[i + 1], header, frames);
            }
            else if (boxes[i].Type is not ("mdat" or "styp" or "sidx" or "prft" or "emsg") || (boxes[i].Type == "mdat" && (i == 0 || boxes[i - 1].Type != "moof")))
            {
                throw new InvalidDataException($"A media segment has no {boxes[i].Type} there.");
            }
        }

        return frames.Count > 0 ? frames : throw new InvalidDataException("A media segment holds a moof (RFC 8216 §3.3).");
    }

    private static void ReadFragment(ReadOnlyMemory<byte> bytes, Mp4Box moof, Mp4Box data, Mp4Header header, List<Mp4Frame> frames)
    {
        var track = moof.Children.Single(child => child.Type == "traf");
        var defaults = track.Find("tfhd")!;
        var time = track.Find("tfdt") ?? throw new InvalidDataException("Each traf tells its decode time (RFC 8216 §3.3).");
        if (defaults.U32(4) != header.TrackId)
        {
            throw new InvalidDataException($"Track {defaults.U32(4)} is not in the header.");
        }

        if ((defaults.Flags & 0x02_0000) == 0 && (defaults.Flags & 1) == 0)
        {
            throw new InvalidDataException("Sample places count from the moof (default-base-is-moof) or are told.");
        }

        var values = Defaults(defaults, header);
        var decode = time.Version == 1 ? ((long)time.U32(4) << 32) | time.U32(8) : time.U32(4);
        var place = 0;
        foreach (var run in track.Children.Where(child => child.Type == "trun"))
        {
            place = ReadRun(bytes, moof, run, values, place, ref decode, frames);
        }

        if (place != data.Start + 8 + data.Content.Length)
        {
            throw new InvalidDataException($"The samples end at {place}, the mdat at {data.Start + 8 + data.Content.Length}.");
        }
    }

    private static (uint Duration, uint Size, uint Flags) Defaults(Mp4Box box, Mp4Header header)
    {
        var at = 8 + ((box.Flags & 1) != 0 ? 8 : 0) + ((box.Flags & 2) != 0 ? 4 : 0);
        return (Next(8, header.DefaultDuration), Next(16, header.DefaultSize), Next(32, header.DefaultFlags));

        uint Next(uint flag, uint otherwise)
        {
            if ((box.Flags & flag) == 0)
            {
                return otherwise;
            }

            at += 4;
            return box.U32(at - 4);
        }
    }

    private static int ReadRun(ReadOnlyMemory<byte> bytes, Mp4Box moof, Mp4Box run, (uint Duration, uint Size, uint Flags) values, int place, ref long decode, List<Mp4Frame> frames)
    {
        var at = 4;
        var count = Take(run, ref at);
        place = (run.Flags & 1) != 0 ? moof.Start + (int)Take(run, ref at) : place;
        uint? first = (run.Flags & 4) != 0 ? Take(run, ref at) : null;
        for (var i = 0; i < count; i++)
        {
            var duration = (run.Flags & 0x100) != 0 ? Take(run, ref at) : values.Duration;
            var size = (run.Flags & 0x200) != 0 ? Take(run, ref at) : values.Size;
            var flags = (run.Flags & 0x400) != 0 ? Take(run, ref at) : i == 0 && first is { } own ? own : values.Flags;
            var shift = (run.Flags & 0x800) != 0 ? (int)Take(run, ref at) : 0;
            if (place + (long)size > bytes.Length)
            {
                throw new InvalidDataException("A sample lies outside of its segment.");
            }

            frames.Add(new Mp4Frame(decode, duration, shift, (flags & NotSync) == 0, bytes.Slice(place, (int)size)));
            decode += duration;
            place += (int)size;
        }

        return place;
    }

    private static uint Take(Mp4Box box, ref int at)
    {
        at += 4;
        return box.U32(at - 4);
    }
}
