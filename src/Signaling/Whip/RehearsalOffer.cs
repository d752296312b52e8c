using System.Security.Cryptography;

namespace Classroom.Signaling.Whip;

/// <summary>What a browser offers for a camera with sound, or to watch one (RFC 8866, RFC 8829). Nobody is behind it.</summary>
internal static class RehearsalOffer
{
    /// <param name="direction">sendonly or recvonly.</param>
    public static string Of(string direction)
    {
        string[] lines =
        [
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0 1",
            .. Section("0", "audio", direction, "111", "111 opus/48000/2"),
            .. Section("1", "video", direction, "96 97", "96 VP8/90000", "97 rtx/90000"),
            "a=rtcp-fb:96 nack",
            "a=rtcp-fb:96 nack pli",
            "a=rtcp-fb:96 transport-cc",
            "a=fmtp:97 apt=96",
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
        "a=ice-ufrag:rehearsal",
        "a=ice-pwd:rehearsalrehearsalrehearsal",
        $"a=fingerprint:sha-256 {s_fingerprint}",
        "a=rtcp-mux",
        "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=extmap:2 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        .. maps.Select(map => $"a=rtpmap:{map}"),
    ];

    private static readonly string s_fingerprint = string.Join(':', RandomNumberGenerator.GetBytes(32).Select(value => $"{value:X2}"));
}
