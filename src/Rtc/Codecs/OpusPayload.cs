namespace Classroom.Rtc.Codecs;

/// <summary>What an Opus packet says of itself (RFC 6716, 3.1).</summary>
public static class OpusPayload
{
    private const int FirstHybrid = 12;
    private const int FirstCelt = 16;
    private const int ShortestFrame = 120;

    /// <summary>How long it sounds, in 1/48,000 s; 0 for what is no packet.</summary>
    /// <param name="payload">RTP payload without padding.</param>
    public static int DurationOf(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return 0;
        }

        var frame = FrameOf(payload[0] >> 3);
        return (payload[0] & 3) switch
        {
            0 => frame,
            1 or 2 => 2 * frame,
            _ => payload.Length > 1 ? (payload[1] & 0x3F) * frame : 0,
        };
    }

    // Sizes go by configuration: SILK 10, 20, 40, 60 ms; hybrid 10, 20; CELT 2.5, 5, 10, 20.
    private static int FrameOf(int configuration) => configuration switch
    {
        < FirstHybrid when (configuration & 3) == 3 => 24 * ShortestFrame,
        < FirstHybrid => (4 * ShortestFrame) << (configuration & 3),
        < FirstCelt => (4 * ShortestFrame) << (configuration & 1),
        _ => ShortestFrame << (configuration & 3),
    };
}
