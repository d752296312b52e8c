namespace Classroom.Recorder.Codecs;

/// <summary>How long an Opus packet sounds, told by its first bytes (RFC 6716 §3.1, §3.2).</summary>
internal static class OpusDuration
{
    private const int Default = 960;
    private const int Longest = 5760;

    /// <returns>Samples at 48 kHz.</returns>
    public static int Samples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return Default;
        }

        var frames = (packet[0] & 3) switch
        {
            0 => 1,
            1 or 2 => 2,
            _ => packet.Length > 1 ? packet[1] & 0x3F : 1,
        };
        return Math.Clamp(frames * FrameSamples(packet[0] >> 3), 1, Longest);
    }

    private static int FrameSamples(int configuration) => configuration switch
    {
        < 12 => (configuration & 3) == 3 ? 2880 : 480 << (configuration & 3),
        < 16 => 480 << (configuration & 1),
        _ => 120 << (configuration & 3),
    };
}
