namespace Classroom.Rtc.Tests.Sdp;

/// <summary>Descriptions as browsers write them, shortened to what is read.</summary>
internal static class Offers
{
    public const string Fingerprint = "0a:1b:2c:3d:4e:5f:60:71:82:93:a4:b5:c6:d7:e8:f9:0a:1b:2c:3d:4e:5f:60:71:82:93:a4:b5:c6:d7:e8:f9";

    public const string Ice = "a=ice-ufrag:UfR4\r\na=ice-pwd:0123456789abcdefghijklmn\r\n";

    public const string Transport = Ice + "a=fingerprint:sha-256 " + Fingerprint + "\r\na=setup:actpass\r\n";

    public const string Session = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n";

    public const string ChromiumAudio = "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9\r\nc=IN IP4 0.0.0.0\r\n" + Transport
        + "a=mid:0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=sendonly\r\n"
        + "a=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n"
        + "a=rtpmap:63 red/48000/2\r\na=rtpmap:9 G722/8000\r\na=ssrc:1001 cname:x\r\n";

    public const string ChromiumVideo = "m=video 9 UDP/TLS/RTP/SAVPF 96 97 100 102 104\r\nc=IN IP4 0.0.0.0\r\n" + Transport
        + "a=mid:1\r\na=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
        + "a=sendonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\n"
        + "a=rtpmap:100 H264/90000\r\na=fmtp:100 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f\r\n"
        + "a=rtpmap:102 H264/90000\r\na=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n"
        + "a=rtpmap:104 H264/90000\r\na=fmtp:104 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640032\r\n"
        + "a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 goog-remb\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n"
        + "a=ssrc-group:FID 2002 2003\r\na=ssrc:2002 cname:x\r\na=ssrc:2002 msid:s t\r\na=ssrc:2003 cname:x\r\n";

    public const string Chromium = Session + ChromiumAudio + ChromiumVideo;

    // The transport stands before the sections, and the second section has port 0 although it is meant.
    public const string Firefox = Session + Transport
        + "m=audio 9 UDP/TLS/RTP/SAVPF 109\r\na=mid:0\r\na=sendrecv\r\na=rtpmap:109 opus/48000/2\r\n"
        + "m=video 0 UDP/TLS/RTP/SAVPF 120\r\na=bundle-only\r\na=mid:1\r\na=recvonly\r\na=extmap:7/recvonly urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
        + "a=rtpmap:120 VP8/90000\r\na=rtcp-fb:* nack\r\n";
}
