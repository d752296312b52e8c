using System.Reflection;
using Classroom.Rtc.Sdp;

namespace Classroom.Rtc.Tests.Sdp;

/// <summary>Offers as Chromium and Firefox wrote them, and what we make of them.</summary>
public sealed class SessionDescriptionTests
{
    private static readonly LocalTransport s_local = new(77, 3, "0aBCDEFG", "0123456789012345678901AB", "AA:BB", "passive", [new LocalCandidate("192.0.2.9", 5004), new LocalCandidate("127.0.0.1", 5004)]);

    [Fact]
    public void A_chromium_offer_is_read()
    {
        var offer = Read("chromium-publish.sdp");
        Assert.Equal("actpass", offer.Setup);
        Assert.Equal(95, offer.Fingerprint.Length);
        Assert.Equal(["audio", "video"], offer.Sections.Select(s => s.Kind));
        Assert.All(offer.Sections, s => Assert.Equal(SdpDirection.SendOnly, s.Direction));
        Assert.Equal([1383230841u], offer.Sections[1].Ssrcs);
        Assert.Equal(4, offer.Sections[1].ExtensionId(SdpExtension.Mid));
        Assert.Contains("nack pli", offer.Sections[1].Codecs[0].Feedback);
    }

    [Fact]
    public void A_firefox_offer_is_read()
    {
        var offer = Read("firefox-publish.sdp");
        Assert.Equal(["opus", "G722", "PCMU", "PCMA", "telephone-event"], offer.Sections[0].Codecs.Select(c => c.Name));
        Assert.Single(offer.Sections[1].Ssrcs);
        Assert.Equal("VP8", MediaCodecs.NameOf(MediaCodecs.Choose(offer.Sections[1])!));
    }

    [Theory]
    [InlineData("VP8", 96)]
    [InlineData("H264", 102)]
    public void A_codec_is_found_by_what_it_means_and_not_by_its_number(string name, byte payloadType) =>
        Assert.Equal(payloadType, MediaCodecs.Find(Read("chromium-publish.sdp").Sections[1], name)!.PayloadType);

    [Theory]
    [InlineData("packetization-mode=1;profile-level-id=42e01f", "H264")]
    [InlineData("packetization-mode=1;profile-level-id=42001f", "H264")]
    [InlineData("packetization-mode=0;profile-level-id=42e01f", null)]
    [InlineData("packetization-mode=1;profile-level-id=640c1f", null)]
    [InlineData("profile-level-id=42e01f", null)]
    public void Only_baseline_in_packetization_mode_1_is_forwarded(string format, string? name) =>
        Assert.Equal(name, MediaCodecs.NameOf(new RtpCodec(100, "H264", 90000, 1, format, [])));

    [Fact]
    public void A_publish_answer_takes_what_is_wanted_and_keeps_the_rest_inactive()
    {
        var offer = Read("chromium-publish.sdp");
        var video = offer.Sections[1];
        var taken = new Dictionary<string, RtpCodec> { [video.Mid] = MediaCodecs.Find(video, "H264")! };
        var text = PublishAnswer.Write(offer, taken, s_local);

        Assert.True(RemoteDescription.TryParse(text.Replace("AA:BB", offer.Fingerprint, StringComparison.Ordinal), out var answer));
        Assert.Equal(["0", "1"], answer.Sections.Select(s => s.Mid));
        Assert.Equal([SdpDirection.Inactive, SdpDirection.RecvOnly], answer.Sections.Select(s => s.Direction));
        Assert.Equal([102, 103], answer.Sections[1].Codecs.Select(c => c.PayloadType));
        Assert.Equal((103, "rtx", "apt=102"), (answer.Sections[1].Codecs[1].PayloadType, answer.Sections[1].Codecs[1].Name, answer.Sections[1].Codecs[1].Format));
        Assert.Equal(["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"], answer.Sections[1].Codecs[0].Feedback);
        Assert.Contains("a=ice-lite", text, StringComparison.Ordinal);
        Assert.Contains("a=candidate:1 1 udp 2130706431 192.0.2.9 5004 typ host", text, StringComparison.Ordinal);
        Assert.Contains("a=extmap:3 " + SdpExtension.TransportCc, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_of_retransmissions_are_known_with_what_they_repair_and_are_no_sources_of_their_own()
    {
        var text = File("chromium-publish.sdp").Replace("a=ssrc-group:FID", "a=x-was:", StringComparison.Ordinal)
            + "a=ssrc-group:FID 11 12\na=ssrc-group:FID 13 13\na=ssrc-group:FID 14\na=ssrc:11 cname:a\na=ssrc:12 cname:a\n";
        Assert.True(RemoteDescription.TryParse(text, out var offer));
        Assert.Equal([(11u, 12u)], offer.Sections[1].Repairs);
        Assert.Contains(11u, offer.Sections[1].Ssrcs);
        Assert.DoesNotContain(12u, offer.Sections[1].Ssrcs);
    }

    [Fact]
    public void A_section_without_a_codec_of_ours_is_rejected_and_leaves_the_bundle()
    {
        var text = File("chromium-publish.sdp") + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\nc=IN IP4 0.0.0.0\na=mid:2\n";
        Assert.True(RemoteDescription.TryParse(text, out var offer));
        var answer = PublishAnswer.Write(offer, new Dictionary<string, RtpCodec>(), s_local);
        Assert.Contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel", answer, StringComparison.Ordinal);
        Assert.Contains("a=group:BUNDLE 0 1\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Bundle_only_sections_at_port_0_are_meant()
    {
        var text = File("firefox-publish.sdp").Replace("m=video 9 ", "m=video 0 ", StringComparison.Ordinal);
        Assert.True(RemoteDescription.TryParse(text, out var rejected));
        Assert.True(rejected.Sections[1].IsRejected);
        Assert.True(RemoteDescription.TryParse(text + "a=bundle-only\n", out var meant));
        Assert.False(meant.Sections[1].IsRejected);
    }

    [Fact]
    public void A_subscribe_offer_begins_with_an_anchor_that_carries_nothing()
    {
        var section = new OfferedSection("1", MediaCodecs.ForOffer("VP8"), new OfferedTrack("stream", "track", 4711, "cname"));
        var dead = new OfferedSection("2", MediaCodecs.ForOffer("H264"), null, IsDead: true);
        var text = SubscribeOffer.Write([section, dead], s_local with { Setup = "actpass" });

        Assert.True(RemoteDescription.TryParse(text.Replace("AA:BB", Fingerprint, StringComparison.Ordinal), out var offer));
        Assert.Equal([SdpDirection.Inactive, SdpDirection.SendOnly, SdpDirection.Inactive], offer.Sections.Select(s => s.Direction));
        Assert.Equal([false, false, true], offer.Sections.Select(s => s.IsRejected));
        Assert.Equal([4711u], offer.Sections[1].Ssrcs);
        Assert.Contains("a=group:BUNDLE 0 1\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=msid:stream track\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_viewers_offer_is_answered_section_by_section()
    {
        var text = File("chromium-publish.sdp").Replace("a=sendonly", "a=recvonly", StringComparison.Ordinal);
        Assert.True(RemoteDescription.TryParse(text, out var offer));
        var sent = new OfferedSection("1", MediaCodecs.Find(offer.Sections[1], "VP8")!, new OfferedTrack("s", "t", 5, "c"));
        var answer = SubscribeOffer.WriteAnswer(offer, new Dictionary<string, OfferedSection> { ["1"] = sent }, s_local);

        Assert.True(RemoteDescription.TryParse(answer.Replace("AA:BB", Fingerprint, StringComparison.Ordinal), out var read));
        Assert.Equal([SdpDirection.Inactive, SdpDirection.SendOnly], read.Sections.Select(s => s.Direction));
    }

    [Fact]
    public void A_fragment_names_new_credentials_or_none()
    {
        Assert.True(IceFragment.TryParse("a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n", out var restart));
        Assert.Equal("abcd", restart.Ufrag);
        Assert.True(IceFragment.TryParse("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", out var trickle));
        Assert.Null(trickle.Ufrag);
        Assert.False(IceFragment.TryParse("a=ice-ufrag:a\r\n", out _));
    }

    [Theory]
    [InlineData("chromium-publish.sdp")]
    [InlineData("firefox-publish.sdp")]
    public void No_torn_or_twisted_text_throws(string name)
    {
        var text = File(name);
        var random = new Random(1);
        for (var i = 0; i < text.Length; i += 41)
        {
            _ = RemoteDescription.TryParse(text[..i], out _);
            var twisted = text.ToCharArray();
            for (var n = 0; n < 5; n++)
            {
                twisted[random.Next(twisted.Length)] = (char)random.Next(10, 128);
            }

            if (RemoteDescription.TryParse(new string(twisted), out var description))
            {
                PublishAnswer.Write(description, new Dictionary<string, RtpCodec>(), s_local);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=0")]
    [InlineData("v=0\r\nm=audio x UDP/TLS/RTP/SAVPF 0\r\n")]
    [InlineData("v=0\r\nm=audio 99999 UDP/TLS/RTP/SAVPF 0\r\n")]
    public void What_is_no_description_is_refused(string text) => Assert.False(RemoteDescription.TryParse(text, out _));

    [Fact]
    public void More_sections_than_anyone_needs_are_refused()
    {
        var sections = string.Concat(Enumerable.Range(0, SdpDocument.MaxSections + 1).Select(_ => "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"));
        Assert.False(SdpDocument.TryParse("v=0\r\n" + sections, out _));
        Assert.False(SdpDocument.TryParse("v=0\r\n" + new string('a', SdpDocument.MaxLength), out _));
    }

    private static string Fingerprint => Read("chromium-publish.sdp").Fingerprint;

    private static RemoteDescription Read(string name)
    {
        Assert.True(RemoteDescription.TryParse(File(name), out var description));
        return description;
    }

    private static string File(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Sdp." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
