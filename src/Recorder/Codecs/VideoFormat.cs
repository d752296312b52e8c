namespace Classroom.Recorder.Codecs;

/// <summary>What a file's header says of its picture: the format of its first key frame. Later ones may have another size.</summary>
/// <param name="Codec">As in SDP: "VP8", "H264".</param>
/// <param name="CodecPrivate">H.264: AVCDecoderConfigurationRecord; VP8: empty.</param>
internal sealed record VideoFormat(string Codec, int Width, int Height, byte[] CodecPrivate)
{
    public string MatroskaCodec => Codec switch
    {
        "VP8" => "V_VP8",
        "H264" => "V_MPEG4/ISO/AVC",
        _ => throw new NotSupportedException($"{Codec} cannot be recorded."),
    };
}

/// <summary>A whole encoded picture or sound frame.</summary>
/// <param name="Timestamp">Unwrapped RTP timestamp.</param>
/// <param name="Format">Set on key frames of video.</param>
/// <param name="AfterLoss">Something before it is missing.</param>
internal sealed record MediaFrame(long Timestamp, bool IsKey, byte[] Data, VideoFormat? Format, bool AfterLoss);

/// <summary>Makes frames of RTP payloads that come in order.</summary>
internal interface IDepacketizer
{
    /// <param name="lostBefore">Packets between the last one and this are missing.</param>
    /// <param name="frames">Finished frames are added here; incomplete ones are dropped.</param>
    void Push(ReadOnlySpan<byte> payload, long timestamp, bool marker, bool lostBefore, List<MediaFrame> frames);
}

internal static class Depacketizers
{
    /// <summary>Null for a codec that cannot be recorded yet.</summary>
    public static IDepacketizer? For(string codec) => codec.ToUpperInvariant() switch
    {
        "VP8" => new Vp8Depacketizer(),
        "H264" => new H264Depacketizer(),
        "OPUS" => new OpusDepacketizer(),
        _ => null,
    };
}
