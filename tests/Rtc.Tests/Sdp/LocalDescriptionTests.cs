using Classroom.Rtc.Sdp;

namespace Classroom.Rtc.Tests.Sdp;

public sealed class LocalDescriptionTests
{
    private static readonly LocalTransport s_transport = new(
        7, 3, "ours", "0123456789abcdefghijklmn", Offers.Fingerprint.ToUpperInvariant(), "passive", [new("192.0.2.1", 5004), new("2001:db8::1", 5004)]);

    [Fact]
    public void A_publisher_is_answered_with_what_is_taken_and_the_rest_inactive()
    {
        var offer = Read(Offers.Chromium);
        var taken = new Dictionary<string, RtpCodec>(StringComparer.Ordinal) { ["1"] = MediaCodecs.Find(offer.Sections[1], "H264")! };
        var text = PublishAnswer.Write(offer, taken, s_transport);

        var answer = Read(text);
        Assert.Equal([SdpDirection.Inactive, SdpDirection.RecvOnly], answer.Sections.Select(section => section.Direction));
        Assert.Equal(["111", "102"], answer.Sections.SelectMany(section => section.Formats));
        Assert.Equal("passive", answer.Setup);
        Assert.Equal(3, answer.Sections[1].ExtensionId(SdpExtension.TransportCc));
        Assert.Contains("a=group:BUNDLE 0 1\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=ice-lite\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("63 111", "111/111", "63 111")]
    [InlineData("111 63", "111/111", "111 63")]
    [InlineData("63 111", "111/13", "111")]
    [InlineData("63 111", "", "111")]
    public void Redundant_sound_is_taken_in_the_order_in_which_it_is_offered(string offered, string blocks, string answered)
    {
        var format = blocks.Length == 0 ? "" : $"a=fmtp:63 {blocks}\r\n";
        var offer = Read(Offers.Chromium.Replace("SAVPF 111 63 ", $"SAVPF {offered} ", StringComparison.Ordinal).Replace("a=rtpmap:63 red/48000/2\r\n", $"a=rtpmap:63 red/48000/2\r\n{format}", StringComparison.Ordinal));
        var taken = new Dictionary<string, RtpCodec>(StringComparer.Ordinal) { ["0"] = MediaCodecs.Choose(offer.Sections[0])! };
        Assert.Equal(answered.Split(' '), Read(PublishAnswer.Write(offer, taken, s_transport)).Sections[0].Formats);
    }

    [Fact]
    public void Candidates_stand_once_in_order_of_preference()
    {
        var text = PublishAnswer.Write(Read(Offers.Chromium), new Dictionary<string, RtpCodec>(StringComparer.Ordinal), s_transport);
        var candidates = text.Split("\r\n").Where(line => line.StartsWith("a=candidate", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        Assert.Equal(["192.0.2.1", "2001:db8::1"], candidates.Select(words => words[4]));
        Assert.True(uint.Parse(candidates[0][3], System.Globalization.CultureInfo.InvariantCulture)
            > uint.Parse(candidates[1][3], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_the_offer_rejects_stays_rejected_outside_the_bundle()
    {
        var offer = Read(Offers.Firefox.Replace("a=bundle-only\r\n", "", StringComparison.Ordinal));
        var text = PublishAnswer.Write(offer, new Dictionary<string, RtpCodec>(StringComparer.Ordinal), s_transport);
        Assert.Contains("a=group:BUNDLE 0\r\n", text, StringComparison.Ordinal);
        Assert.Contains("m=video 0 UDP/TLS/RTP/SAVPF 120\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offer_begins_with_an_inactive_anchor_that_is_never_rejected()
    {
        var text = SubscribeOffer.Write([], s_transport with { Setup = "actpass" });
        var offer = Read(text);
        var anchor = Assert.Single(offer.Sections);
        Assert.Equal(SubscribeOffer.AnchorMid, anchor.Mid);
        Assert.Equal("audio", anchor.Kind);
        Assert.Equal(SdpDirection.Inactive, anchor.Direction);
        Assert.False(anchor.IsRejected);
    }

    [Fact]
    public void Tracks_are_announced_with_their_source_and_dead_sections_keep_their_place()
    {
        var text = SubscribeOffer.Write(
            [
                new OfferedSection("1", MediaCodecs.ForOffer("VP8"), new OfferedTrack("stream", "track", 77, "cname")),
                new OfferedSection("2", MediaCodecs.ForOffer("opus"), null, IsDead: true),
                new OfferedSection("3", MediaCodecs.ForOffer("H264"), null),
            ],
            s_transport);
        var offer = Read(text);
        Assert.Equal(["0", "1", "2", "3"], offer.Sections.Select(section => section.Mid));
        Assert.Equal([false, false, true, false], offer.Sections.Select(section => section.IsRejected));
        Assert.Equal(SdpDirection.SendOnly, offer.Sections[1].Direction);
        Assert.Equal(SdpDirection.Inactive, offer.Sections[3].Direction);
        Assert.Equal([77u], offer.Sections[1].Ssrcs);
        Assert.Contains("a=msid:stream track\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=group:BUNDLE 0 1 3\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_viewer_that_offers_gets_its_own_payload_types_back()
    {
        var offer = Read(Offers.Firefox);
        var codec = MediaCodecs.Choose(offer.Sections[1])!;
        var entry = new OfferedSection("1", codec, new OfferedTrack("s", "t", 5, "c"));
        var text = SubscribeOffer.WriteAnswer(offer, new Dictionary<string, OfferedSection>(StringComparer.Ordinal) { ["1"] = entry }, s_transport);

        var answer = Read(text);
        Assert.Equal(["109", "120"], answer.Sections.SelectMany(section => section.Formats));
        Assert.Equal([SdpDirection.Inactive, SdpDirection.SendOnly], answer.Sections.Select(section => section.Direction));
    }

    private static RemoteDescription Read(string text)
    {
        Assert.True(RemoteDescription.TryParse(text, out var description));
        return description;
    }
}
