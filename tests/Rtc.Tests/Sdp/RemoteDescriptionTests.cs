using Classroom.Rtc.Sdp;

namespace Classroom.Rtc.Tests.Sdp;

public sealed class RemoteDescriptionTests
{
    [Fact]
    public void Reads_an_offer_of_Chromium()
    {
        var offer = Parse(Offers.Chromium);
        Assert.Equal("UfR4", offer.Ufrag);
        Assert.Equal("0123456789abcdefghijklmn", offer.Password);
        Assert.Equal(Offers.Fingerprint.ToUpperInvariant(), offer.Fingerprint);
        Assert.Equal("actpass", offer.Setup);
        Assert.Equal(["0 audio SendOnly", "1 video SendOnly"], offer.Sections.Select(section => $"{section.Mid} {section.Kind} {section.Direction}"));

        var audio = offer.Sections[0];
        Assert.Equal([111, 63, 9], audio.Codecs.Select(codec => (int)codec.PayloadType));
        Assert.Equal(2, audio.Codecs[0].Channels);
        Assert.Equal("1", audio.Codecs[0].Parameter("useinbandfec"));
        Assert.Equal(1, audio.ExtensionId(SdpExtension.AudioLevel));
        Assert.Equal(0, audio.ExtensionId(SdpExtension.TransportCc));

        var video = offer.Sections[1];
        Assert.Equal(["goog-remb", "nack", "nack pli"], video.Codecs[0].Feedback);
        Assert.Equal(3, video.ExtensionId(SdpExtension.TransportCc));
    }

    [Fact]
    public void Repair_flows_are_no_sources_of_their_own() => Assert.Equal([2002u], Parse(Offers.Chromium).Sections[1].Ssrcs);

    [Fact]
    public void Port_0_with_bundle_only_is_no_rejection()
    {
        var offer = Parse(Offers.Firefox);
        Assert.False(offer.Sections[1].IsRejected);
        Assert.Equal("UfR4", offer.Ufrag);
        Assert.Equal(7, offer.Sections[1].ExtensionId(SdpExtension.Mid));
        Assert.Equal(["nack"], offer.Sections[1].Codecs[0].Feedback);

        Assert.True(Parse(Offers.Firefox.Replace("a=bundle-only\r\n", "", StringComparison.Ordinal)).Sections[1].IsRejected);
    }

    [Fact]
    public void Only_H264_that_is_forwarded_is_found()
    {
        var video = Parse(Offers.Chromium).Sections[1];
        Assert.Equal(96, MediaCodecs.Choose(video)!.PayloadType);
        Assert.Equal(102, MediaCodecs.Find(video, "H264")!.PayloadType);
        Assert.Null(MediaCodecs.Find(video, "opus"));
    }

    [Theory]
    [InlineData("a=ice-ufrag:UfR4\r\n", "")]
    [InlineData("a=ice-ufrag:UfR4\r\n", "a=ice-ufrag:abc\r\n")]
    [InlineData("a=ice-pwd:0123456789abcdefghijklmn\r\n", "a=ice-pwd:tooshort\r\n")]
    [InlineData("sha-256", "sha-1")]
    [InlineData("0a:1b:", "")]
    [InlineData("a=mid:1", "a=mid:0")]
    [InlineData("v=0", "x=0")]
    [InlineData("m=audio 9", "m=audio 99999")]
    [InlineData("m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9", "m=audio 9")]
    public void A_description_without_what_is_needed_is_refused(string part, string instead) =>
        Assert.False(RemoteDescription.TryParse(Offers.Chromium.Replace(part, instead, StringComparison.Ordinal), out _));

    [Fact]
    public void A_description_without_bounds_is_refused()
    {
        var section = "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\n";
        Assert.False(SdpDocument.TryParse("v=0\r\n" + string.Concat(Enumerable.Repeat(section, SdpDocument.MaxSections + 1)), out _));
        Assert.False(SdpDocument.TryParse("v=0\r\n" + section + string.Concat(Enumerable.Repeat("a=x\r\n", 2000)), out _));
        Assert.False(SdpDocument.TryParse("v=0\r\n" + new string('x', SdpDocument.MaxLength), out _));
    }

    [Fact]
    public void Fragments_of_a_restart_are_read_and_written()
    {
        Assert.True(IceFragment.TryParse(Offers.Ice + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", out var fragment));
        Assert.Equal(new IceFragment("UfR4", "0123456789abcdefghijklmn"), fragment);
        Assert.True(IceFragment.TryParse(IceFragment.Write("ours", "0123456789abcdefghijklmn"), out var own));
        Assert.Equal("ours", own.Ufrag);
        Assert.False(IceFragment.TryParse("a=ice-ufrag:a\r\n", out _));
    }

    private static RemoteDescription Parse(string text)
    {
        Assert.True(RemoteDescription.TryParse(text, out var description));
        return description;
    }
}
