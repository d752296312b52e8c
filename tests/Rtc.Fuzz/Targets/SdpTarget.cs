using System.Text;
using Classroom.Rtc.Sdp;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Session descriptions: read, answered both ways, and the answer read back.</summary>
internal sealed class SdpTarget : FuzzTarget
{
    private static readonly LocalTransport s_transport = new(
        1, 1, "ourufrag", "a password of 24 letters", string.Join(':', Enumerable.Repeat("AB", 32)), "passive", [new LocalCandidate("192.0.2.1", 5004)]);

    public override string Name => "sdp";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. SdpCorpus.Texts(s_transport).Select(Encoding.UTF8.GetBytes)];

    public override int MaxLength => 8 * 1024;

    // Reading makes strings of every line, answering makes them again.
    public override long AllocationLimit => 2 * 1024 * 1024;

    public override int Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var fragment = IceFragment.TryParse(text, out _);
        if (!RemoteDescription.TryParse(text, out var offer))
        {
            return SdpDocument.TryParse(text, out _) ? 2 : fragment ? 1 : 0;
        }

        var hash = new HashCode();
        var taken = new Dictionary<string, RtpCodec>(StringComparer.Ordinal);
        var sections = new Dictionary<string, OfferedSection>(StringComparer.Ordinal);
        foreach (var section in offer.Sections)
        {
            hash.Add(section.Direction);
            hash.Add(section.IsRejected);
            hash.Add(section.Codecs.Count);
            hash.Add(section.Extensions.Count);
            hash.Add(section.Ssrcs.Count);
            if (MediaCodecs.Choose(section) is { } codec)
            {
                taken[section.Mid] = codec;
                sections[section.Mid] = new OfferedSection(section.Mid, codec, new OfferedTrack("stream", "track", 7, "cname"));
            }
        }

        RequireReadable(PublishAnswer.Write(offer, taken, s_transport), offer);
        RequireReadable(SubscribeOffer.WriteAnswer(offer, sections, s_transport), offer);
        return hash.ToHashCode();
    }

    // A description whose sections are all rejected carries no credentials, so only its shape is asked for.
    private static void RequireReadable(string answer, RemoteDescription offer)
    {
        Require(SdpDocument.TryParse(answer, out var document), "Our answer cannot be read.");
        Require(document.Sections.Count == offer.Sections.Count, "Our answer has another number of sections.");
    }
}
