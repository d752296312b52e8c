namespace Classroom.Recorder.Mp4;

/// <summary>A sample of a track, in ticks of its timescale.</summary>
/// <param name="Shift">When it is shown, after it is decoded.</param>
internal readonly record struct Mp4Sample(int Duration, int Shift, bool IsKey, ReadOnlyMemory<byte> Data);

/// <summary>A media segment: one moof and its mdat (ISO/IEC 14496-12 §8.8.4, RFC 8216 §3.3).</summary>
internal static class Mp4Fragment
{
    private const uint DefaultBaseIsMoof = 0x02_0000;
    private const uint DataOffset = 0x001;
    private const uint EachDurationSizeFlagsShift = 0xF00;

    // "Depends on no other" and "is not a sync sample, depends on others" (§8.8.3.1).
    private const uint Key = 0x0200_0000;
    private const uint NotKey = 0x0101_0000;

    /// <summary>Appends a segment.</summary>
    /// <param name="number">1, 2, 3 … in its track.</param>
    /// <param name="decodeTime">Of the first sample, in ticks.</param>
    public static void Write(BoxWriter writer, uint number, long decodeTime, IReadOnlyList<Mp4Sample> samples)
    {
        var moof = writer.Begin("moof");
        var header = writer.BeginFull("mfhd");
        writer.U32(number);
        writer.End(header);
        var track = writer.Begin("traf");
        var defaults = writer.BeginFull("tfhd", flags: DefaultBaseIsMoof);
        writer.U32(Mp4Init.TrackId);
        writer.End(defaults);
        var time = writer.BeginFull("tfdt", version: 1);
        writer.U64((ulong)decodeTime);
        writer.End(time);
        var run = writer.BeginFull("trun", version: 1, flags: DataOffset | EachDurationSizeFlagsShift);
        writer.U32((uint)samples.Count);
        var offset = writer.Length;
        writer.U32(0);
        foreach (var sample in samples)
        {
            writer.U32((uint)sample.Duration);
            writer.U32((uint)sample.Data.Length);
            writer.U32(sample.IsKey ? Key : NotKey);
            writer.U32((uint)sample.Shift);
        }

        writer.End(run);
        writer.End(track);
        writer.End(moof);
        var data = writer.Begin("mdat");
        writer.Patch(offset, (uint)(writer.Length - moof));
        foreach (var sample in samples)
        {
            writer.Raw(sample.Data.Span);
        }

        writer.End(data);
    }
}
