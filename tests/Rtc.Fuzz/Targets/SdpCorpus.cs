using Classroom.Rtc.Sdp;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Descriptions as browsers, equipment and this server write them.</summary>
internal static class SdpCorpus
{
    /// <param name="server">Writes the descriptions that a page would answer.</param>
    public static IEnumerable<string> Texts(LocalTransport server)
    {
        var fingerprint = string.Join(':', Enumerable.Repeat("0F", 32));
        var session = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=msid-semantic: WMS\r\n";
        var transport = $"a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=ice-options:trickle\r\na=fingerprint:sha-256 {fingerprint}\r\na=setup:actpass\r\n";
        var audio = "m=audio 9 UDP/TLS/RTP/SAVPF 111 9\r\nc=IN IP4 0.0.0.0\r\n" + transport
            + "a=mid:0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
            + "a=sendonly\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n"
            + "a=rtpmap:9 G722/8000\r\na=ssrc:1234 cname:x\r\na=candidate:1 1 udp 2130706431 192.0.2.9 4444 typ host\r\n";
        var video = "m=video 0 UDP/TLS/RTP/SAVPF 96 97 102\r\nc=IN IP4 0.0.0.0\r\n" + transport
            + "a=bundle-only\r\na=mid:1\r\na=extmap:3/sendonly http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n"
            + "a=sendrecv\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:* nack pli\r\na=rtpmap:97 rtx/90000\r\n"
            + "a=fmtp:97 apt=96\r\na=rtpmap:102 H264/90000\r\na=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n"
            + "a=ssrc-group:FID 11 12\r\na=ssrc:11 cname:x\r\na=ssrc:12 cname:x\r\na=rid:h send\r\na=simulcast:send h\r\n";
        var layered = "m=video 9 UDP/TLS/RTP/SAVPF 96 97 45 46\r\nc=IN IP4 0.0.0.0\r\n" + transport
            + "a=mid:1\r\na=sendonly\r\na=rtcp-mux\r\na=extmap-allow-mixed\r\na=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
            + "a=extmap:10/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\na=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n"
            + $"a=extmap:13 {SdpExtension.DependencyDescriptor}\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n"
            + "a=rtpmap:45 AV1/90000\r\na=fmtp:45 level-idx=5;profile=0;tier=0\r\na=rtpmap:46 rtx/90000\r\na=fmtp:46 apt=45;rtx-time=3000\r\n"
            + "a=rid:q send\r\na=rid:h send pt=96;max-width=640\r\na=rid:f send\r\na=simulcast:send q,h;~f recv x\r\n"
            + "a=ssrc-group:SIM 21 22 23\r\na=ssrc-group:FID 21 24\r\na=ssrc-group:FID 22 25\r\na=ssrc:21 cname:x\r\na=ssrc:24 cname:x\r\n";
        var redundant = audio.Replace("111 9", "111 63 9", StringComparison.Ordinal) + "a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n";
        yield return session + redundant + layered;
        yield return session + layered;
        yield return session + audio + video;
        yield return session + audio;
        yield return session + transport + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\na=sctp-port:5000\r\n";
        yield return SubscribeOffer.Write([new OfferedSection("1", MediaCodecs.ForOffer("VP8"), new OfferedTrack("s", "t", 5, "c"))], server);
        yield return "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=end-of-candidates\r\n";
        yield return (session + audio + video).Replace("a=sendonly", "a=recvonly", StringComparison.Ordinal).Replace("a=sendrecv", "a=recvonly", StringComparison.Ordinal);
    }
}
