using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>
/// The codecs that are forwarded: Opus, VP8, H.264 constrained baseline in packetization mode 1, and VP9 and AV1 in their
/// main profiles for senders that offer neither of the first two, which are the ones that are recorded.
/// </summary>
public static class MediaCodecs
{
    private static readonly string[] VideoFeedback = ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"];
    private static readonly string[] AudioFeedback = ["nack", "transport-cc"];

    /// <summary>Payload types of the server's own offers.</summary>
    public static RtpCodec ForOffer(string name) => name switch
    {
        "opus" => new RtpCodec(111, "opus", 48000, 2, "minptime=10;useinbandfec=1", ["nack"]),
        "VP8" => new RtpCodec(96, "VP8", 90000, 1, "", VideoFeedback),
        "H264" => new RtpCodec(102, "H264", 90000, 1, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", VideoFeedback),
        "VP9" => new RtpCodec(98, "VP9", 90000, 1, "profile-id=0", VideoFeedback),
        "AV1" => new RtpCodec(45, "AV1", 90000, 1, "profile=0", VideoFeedback),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a forwarded codec."),
    };

    /// <summary>The forwarded codec that this is, in canonical spelling; null when it is none.</summary>
    public static string? NameOf(RtpCodec codec)
    {
        if (codec.Name.Equals("opus", StringComparison.OrdinalIgnoreCase))
        {
            return codec.ClockRate == 48000 ? "opus" : null;
        }

        if (codec.ClockRate != 90000)
        {
            return null;
        }

        return codec.Name.ToUpperInvariant() switch
        {
            "VP8" => "VP8",
            "H264" when IsForwardedH264(codec) => "H264",
            "VP9" when IsMainProfile(codec, "profile-id") => "VP9",
            "AV1" when IsMainProfile(codec, "profile") => "AV1",
            _ => null,
        };
    }

    /// <summary>
    /// The offer's first codec that is forwarded and recorded: its order is the sender's wish. One that is only forwarded
    /// where it has nothing else.
    /// </summary>
    public static RtpCodec? Choose(RemoteSection section)
    {
        RtpCodec? unrecorded = null;
        foreach (var codec in section.Codecs)
        {
            var name = NameOf(codec);
            if (name is null || KindOf(name) != section.Kind)
            {
                continue;
            }

            if (name is not ("VP9" or "AV1"))
            {
                return codec;
            }

            unrecorded ??= codec;
        }

        return unrecorded;
    }

    /// <summary>The section's payload type for a codec, null when it cannot take it.</summary>
    public static RtpCodec? Find(RemoteSection section, string name) => section.Codecs.FirstOrDefault(c => NameOf(c) == name);

    /// <summary>Retransmissions of a codec (RFC 4588).</summary>
    public static RtpCodec Rtx(byte payloadType, RtpCodec codec) =>
        new(payloadType, "rtx", codec.ClockRate, 1, $"apt={codec.PayloadType.ToString(CultureInfo.InvariantCulture)}", []);

    /// <summary>Payload type of retransmissions in the server's own offers; 0 for sound, which is sent again as it was.</summary>
    public static byte RtxForOffer(RtpCodec codec) => codec.Name == "opus" ? (byte)0 : (byte)(codec.PayloadType + 1);

    /// <summary>The section's payload type for retransmissions of another one; 0 when it has none.</summary>
    public static byte FindRtx(RemoteSection section, byte payloadType)
    {
        var original = payloadType.ToString(CultureInfo.InvariantCulture);
        return section.Codecs.FirstOrDefault(c => c.Name.Equals("rtx", StringComparison.OrdinalIgnoreCase) && c.Parameter("apt") == original)?.PayloadType ?? 0;
    }

    /// <summary>A codec's sound with earlier packets of it (RFC 2198).</summary>
    public static RtpCodec Red(byte payloadType, RtpCodec codec)
    {
        var block = codec.PayloadType.ToString(CultureInfo.InvariantCulture);
        return new(payloadType, "red", codec.ClockRate, codec.Channels, $"{block}/{block}", []);
    }

    /// <summary>Payload type of sound with redundancy in the server's own offers; 0 for pictures.</summary>
    public static byte RedForOffer(RtpCodec codec) => codec.Name == "opus" ? (byte)63 : (byte)0;

    /// <summary>The section's payload type for a sound with redundancy that consists of nothing else; 0 when it has none.</summary>
    public static byte FindRed(RemoteSection section, RtpCodec codec)
    {
        var block = codec.PayloadType.ToString(CultureInfo.InvariantCulture);
        return section.Kind != "audio" ? (byte)0 : section.Codecs.FirstOrDefault(c =>
            c.Name.Equals("red", StringComparison.OrdinalIgnoreCase) && c.ClockRate == codec.ClockRate && c.Format.Split('/').All(f => f == block))?.PayloadType ?? 0;
    }

    /// <summary>Payload type of the retransmissions that a publisher sends when it is asked for lost packets; 0: it sends them again as they were.</summary>
    public static byte RepairsFrom(RemoteSection section, RtpCodec codec) =>
        section.Kind == "video" && codec.Feedback.Contains("nack", StringComparer.Ordinal) ? FindRtx(section, codec.PayloadType) : (byte)0;

    /// <summary>Its layers are told by dependency descriptors in the header, not in the payload.</summary>
    public static bool IsDescribed(RtpCodec codec) => NameOf(codec) == "AV1";

    /// <summary>Feedback from receivers that the server makes use of.</summary>
    public static bool IsAnswered(string feedback) => VideoFeedback.Contains(feedback, StringComparer.Ordinal);

    public static string KindOf(string name) => name == "opus" ? "audio" : "video";

    /// <summary>Feedback that both sides know.</summary>
    public static IEnumerable<string> CommonFeedback(RtpCodec offered, string kind) =>
        offered.Feedback.Intersect(kind == "audio" ? AudioFeedback : VideoFeedback, StringComparer.Ordinal);

    // Main is profile 0 in both, and meant where nothing is said (RFC 9628 §6, AV1 RTP §7.2.3).
    private static bool IsMainProfile(RtpCodec codec, string parameter) => codec.Parameter(parameter) is null or "0";

    // profile_idc 66 is (constrained) baseline. Without a profile RFC 6184 §8.1 means baseline.
    private static bool IsForwardedH264(RtpCodec codec) =>
        codec.Parameter("packetization-mode") == "1"
        && (codec.Parameter("profile-level-id") ?? "42").StartsWith("42", StringComparison.OrdinalIgnoreCase);
}
