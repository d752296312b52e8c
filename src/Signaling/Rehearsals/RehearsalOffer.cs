using Classroom.Rtc.Ice;
using Classroom.Rtc.Sdp;

namespace Classroom.Signaling.Rehearsals;

/// <summary>What a browser offers for a camera with sound, or to watch one (RFC 8866, RFC 8829).</summary>
internal static class RehearsalOffer
{
    public const byte Sound = 111;
    public const byte Picture = 96;

    /// <summary>Id of the number that every packet of a connection has.</summary>
    public const byte TransportCc = 2;

    /// <param name="direction">sendonly or recvonly.</param>
    /// <param name="credentials">For its connectivity checks.</param>
    /// <param name="fingerprint">SHA-256 of its certificate.</param>
    public static string Of(string direction, IceCredentials credentials, string fingerprint)
    {
        string[] lines =
        [
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0 1",
            $"a=ice-ufrag:{credentials.Ufrag}",
            $"a=ice-pwd:{credentials.Password}",
            $"a=fingerprint:sha-256 {fingerprint}",
            .. Section("0", "audio", direction, $"{Sound}", $"{Sound} opus/48000/2"),
            .. Section("1", "video", direction, $"{Picture} 97", $"{Picture} VP8/90000", "97 rtx/90000"),
            $"a=rtcp-fb:{Picture} nack",
            $"a=rtcp-fb:{Picture} nack pli",
            $"a=rtcp-fb:{Picture} transport-cc",
            $"a=fmtp:97 apt={Picture}",
        ];
        return string.Join("\r\n", lines) + "\r\n";
    }

    private static IEnumerable<string> Section(string mid, string kind, string direction, string formats, params string[] maps) =>
    [
        $"m={kind} 9 UDP/TLS/RTP/SAVPF {formats}",
        "c=IN IP4 0.0.0.0",
        $"a=mid:{mid}",
        $"a={direction}",
        "a=setup:actpass",
        "a=rtcp-mux",
        $"a=extmap:1 {SdpExtension.Mid}",
        $"a=extmap:{TransportCc} {SdpExtension.TransportCc}",
        .. maps.Select(map => $"a=rtpmap:{map}"),
    ];
}
