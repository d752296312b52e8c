using Classroom.Rtc.Sdp;

namespace Classroom.Rtc.Tests.Sdp;

public sealed class SimulcastTests
{
    private const string ThreeLayers = "a=rid:q send\r\na=rid:h send\r\na=rid:f send\r\na=simulcast:send q;h;f\r\n";

    private static readonly LocalTransport s_transport = new(7, 3, "ours", "0123456789abcdefghijklmn", Offers.Fingerprint.ToUpperInvariant(), "passive", []);

    [Theory]
    [InlineData(ThreeLayers, "q h f")]
    [InlineData("a=rid:a send\r\na=rid:b send pt=96\r\na=simulcast:recv x send a;~b\r\n", "a b")]
    [InlineData("a=rid:a send\r\na=rid:b send\r\na=simulcast:send a,b;b\r\n", "a b")]
    [InlineData("a=rid:a send\r\na=simulcast:send a;a;unknown\r\n", "a")]
    [InlineData("a=rid:1 send\r\na=rid:2 send\r\na=rid:3 send\r\na=rid:4 send\r\na=simulcast:send 1;2;3;4\r\n", "1 2 3")]
    [InlineData("a=rid:a recv\r\na=simulcast:send a\r\n", "")]
    [InlineData("a=rid:a/b send\r\na=simulcast:send a/b\r\n", "")]
    [InlineData("a=rid:a send\r\na=simulcast:send\r\n", "")]
    [InlineData("a=rid:a send\r\n", "")]
    public void The_encodings_of_a_track_are_read_in_their_order(string lines, string rids) =>
        Assert.Equal(rids, string.Join(' ', Read(Offers.Chromium + lines).Sections[1].Rids));

    [Fact]
    public void What_is_taken_is_answered_as_received()
    {
        var offer = Read(Offers.Chromium + ThreeLayers + "a=extmap:10/sendonly " + SdpExtension.Rid + "\r\na=extmap:11 " + SdpExtension.RepairedRid + "\r\n");
        var taken = new Dictionary<string, RtpCodec>(StringComparer.Ordinal) { ["1"] = MediaCodecs.Find(offer.Sections[1], "VP8")! };
        var text = PublishAnswer.Write(offer, taken, s_transport);
        Assert.Contains("a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f\r\n", text, StringComparison.Ordinal);
        // Firefox sends the name of the encoding only when the extension's direction is answered.
        Assert.Contains("a=extmap:10/recvonly " + SdpExtension.Rid + "\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=extmap:11 " + SdpExtension.RepairedRid + "\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_that_is_not_taken_promises_no_encodings()
    {
        var text = PublishAnswer.Write(Read(Offers.Chromium + ThreeLayers), new Dictionary<string, RtpCodec>(StringComparer.Ordinal), s_transport);
        Assert.DoesNotContain("simulcast", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("98 96", "VP8")]
    [InlineData("98 45", "VP9")]
    [InlineData("45", "AV1")]
    [InlineData("99 45", "AV1")] // VP9 profile 2 is not forwarded
    public void Codecs_that_are_recorded_go_before_those_that_are_only_forwarded(string formats, string chosen)
    {
        var section = "m=video 9 UDP/TLS/RTP/SAVPF " + formats + "\r\na=mid:0\r\na=sendonly\r\n" + Offers.Transport
            + "a=rtpmap:96 VP8/90000\r\na=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0\r\na=rtpmap:99 VP9/90000\r\na=fmtp:99 profile-id=2\r\na=rtpmap:45 AV1/90000\r\n";
        Assert.Equal(chosen, MediaCodecs.NameOf(MediaCodecs.Choose(Read(Offers.Session + section).Sections[0])!));
    }

    [Fact]
    public void The_dependency_descriptor_is_offered_with_long_extensions()
    {
        var section = new OfferedSection("1", MediaCodecs.ForOffer("AV1"), new OfferedTrack("s", "t", 99, "c")) { DescriptorId = SubscribeOffer.DescriptorId };
        var offer = Read(SubscribeOffer.Write([section], s_transport));
        Assert.Equal(SubscribeOffer.DescriptorId, offer.Sections[1].ExtensionId(SdpExtension.DependencyDescriptor));
        Assert.True(offer.Sections[1].AllowsMixedExtensions);
    }

    private static RemoteDescription Read(string text)
    {
        Assert.True(RemoteDescription.TryParse(text, out var description));
        return description;
    }
}
