namespace Classroom.Recorder.Drafts;

/// <summary>Takes AAC frames out of an ADTS stream (ISO/IEC 13818-7 §6.2).</summary>
internal static class AdtsFrames
{
    private const int ShortHeader = 7;
    private const int LongHeader = 9;

    /// <summary>The frames without their headers.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> stream) =>
        [.. Places(stream).Select(place => stream[(place.Start + place.Header)..place.End])];

    /// <summary>The stream from one frame to another, with headers.</summary>
    public static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> stream, int first, int count)
    {
        var places = Places(stream).Skip(first).Take(count).ToList();
        return places.Count < count ? default : stream[places[0].Start..places[^1].End];
    }

    private static IEnumerable<(int Start, int Header, int End)> Places(ReadOnlyMemory<byte> stream)
    {
        for (var at = 0; TryHeader(stream.Span[at..], out var header, out var length); at += length)
        {
            yield return (at, header, at + length);
        }
    }

    private static bool TryHeader(ReadOnlySpan<byte> rest, out int header, out int length)
    {
        (header, length) = (0, 0);
        if (rest.Length <= ShortHeader || rest[0] != 0xFF || (rest[1] & 0xF0) != 0xF0)
        {
            return false;
        }

        header = (rest[1] & 1) == 1 ? ShortHeader : LongHeader;
        length = ((rest[3] & 3) << 11) | (rest[4] << 3) | (rest[5] >> 5);
        return length >= header && length <= rest.Length;
    }
}
