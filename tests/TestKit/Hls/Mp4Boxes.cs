using System.Buffers.Binary;
using System.Text;

namespace Classroom.TestKit.Hls;

/// <summary>A box of an MP4 and what it holds.</summary>
internal sealed record Mp4Box(string Type, int Start, ReadOnlyMemory<byte> Content)
{
    private static readonly HashSet<string> Containers = ["moov", "trak", "mdia", "minf", "stbl", "mvex", "moof", "traf"];

    public IReadOnlyList<Mp4Box> Children => Containers.Contains(Type) ? Read(Content, Start + 8) : [];

    public uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(Content.Span[at..]);

    public byte Version => Content.Span[0];

    public uint Flags => U32(0) & 0xFF_FFFF;

    /// <summary>The first box down the path; null when there is none.</summary>
    public Mp4Box? Find(params string[] path) => path.Aggregate((Mp4Box?)this, (box, type) => box?.Children.FirstOrDefault(child => child.Type == type));

    /// <exception cref="InvalidDataException">A box does not fit into what holds it.</exception>
    public static IReadOnlyList<Mp4Box> Read(ReadOnlyMemory<byte> bytes, int offset = 0)
    {
        var boxes = new List<Mp4Box>();
        for (var at = 0; at < bytes.Length;)
        {
            var size = bytes.Length - at < 8 ? 0 : (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[at..]);
            if (size < 8 || size > bytes.Length - at)
            {
                throw new InvalidDataException($"A box of {size} bytes at {offset + at} does not fit.");
            }

            boxes.Add(new Mp4Box(Encoding.ASCII.GetString(bytes.Span.Slice(at + 4, 4)), offset + at, bytes.Slice(at + 8, size - 8)));
            at += size;
        }

        return boxes;
    }
}

/// <summary>What a header says of its one track.</summary>
/// <param name="Codec">RFC 6381 name.</param>
internal sealed record Mp4Header(bool IsPicture, uint TrackId, uint Timescale, string Codec, uint DefaultDuration, uint DefaultSize, uint DefaultFlags)
{
    /// <exception cref="InvalidDataException">It is not an initialization segment.</exception>
    public static Mp4Header Read(ReadOnlyMemory<byte> bytes)
    {
        var boxes = Mp4Box.Read(bytes);
        if (boxes.Count < 2 || boxes[0].Type != "ftyp" || boxes[1].Type != "moov" || boxes.Any(box => box.Type is "moof" or "mdat"))
        {
            throw new InvalidDataException("An initialization segment is ftyp and moov (RFC 8216 §3.3).");
        }

        var moov = boxes[1];
        var tracks = moov.Children.Where(child => child.Type == "trak").ToList();
        if (tracks.Count != 1 || moov.Find("mvex", "trex") is not { } defaults)
        {
            throw new InvalidDataException("The moov holds one trak, and mvex with trex.");
        }

        var entry = Mp4Box.Read(tracks[0].Find("mdia", "minf", "stbl", "stsd")!.Content[8..])[0];
        foreach (var table in (string[])["stts", "stsc", "stco"])
        {
            if (tracks[0].Find("mdia", "minf", "stbl", table)!.U32(4) != 0)
            {
                throw new InvalidDataException("The moov holds samples.");
            }
        }

        var media = tracks[0].Find("mdia", "mdhd")!;
        return new Mp4Header(entry.Type == "avc1", defaults.U32(4), media.U32(media.Version == 1 ? 20 : 12), CodecOf(entry), defaults.U32(12), defaults.U32(16), defaults.U32(20));
    }

    private static string CodecOf(Mp4Box entry)
    {
        if (entry.Type != "avc1")
        {
            return entry.Type == "Opus" ? "opus" : "mp4a.40.2";
        }

        var record = Mp4Box.Read(entry.Content[78..]).First(box => box.Type == "avcC").Content.Span;
        return $"avc1.{Convert.ToHexStringLower(record.Slice(1, 3))}";
    }
}

/// <summary>A sample of a segment.</summary>
internal readonly record struct Mp4Frame(long DecodeTime, uint Duration, int Shift, bool IsKey, ReadOnlyMemory<byte> Data);
