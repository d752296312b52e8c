namespace Classroom.Rtc.Codecs;

/// <summary>
/// The AV1 aggregation header (RTP Payload Format for AV1 §4.4). Layers and frame bounds are in the dependency descriptor;
/// without one a stream is a single layer.
/// </summary>
public static class Av1Payload
{
    private const byte Continues = 0x80;
    private const byte NewSequence = 0x08;

    internal static PictureInfo Read(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return default;
        }

        // Z: the first element goes on from the packet before. N: a coded video sequence, and so a key frame, begins.
        var flags = PictureFlags.Known | PictureFlags.Predicted;
        if ((payload[0] & (NewSequence | Continues)) == NewSequence)
        {
            flags = PictureFlags.Known | PictureFlags.Start | PictureFlags.Key;
        }

        return new PictureInfo { Flags = flags };
    }
}
