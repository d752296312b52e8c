using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>One section of a subscriber's description.</summary>
/// <param name="Mid">Never used twice for different kinds of media.</param>
/// <param name="Codec">What it carries, or would carry.</param>
/// <param name="Track">Null: inactive for now.</param>
/// <param name="IsDead">The peer rejected it: it stays at port 0.</param>
public sealed record OfferedSection(string Mid, RtpCodec Codec, OfferedTrack? Track, bool IsDead = false)
{
    /// <summary>Header extension id of the dependency descriptor; 0: not offered.</summary>
    public byte DescriptorId { get; init; }
}

/// <summary>A track on a section.</summary>
/// <param name="Stream">Tracks of one stream are played in step.</param>
public sealed record OfferedTrack(string Stream, string Id, uint Ssrc, string Cname);

/// <summary>The server's offer to a subscriber, and its answer to a viewer that offers (WHEP).</summary>
public static class SubscribeOffer
{
    /// <summary>Identifies the first section, which never carries anything.</summary>
    public const string AnchorMid = "0";

    /// <summary>Id of the dependency descriptor in the server's own offers.</summary>
    public const byte DescriptorId = 8;

    private const string Protocol = "UDP/TLS/RTP/SAVPF";

    /// <summary>
    /// An inactive audio section first: ICE and DTLS come up on it alone, before the first track, and it is never rejected,
    /// because browsers give up the whole transport when the first section of a bundle is.
    /// </summary>
    public static string Write(IReadOnlyList<OfferedSection> sections, LocalTransport transport)
    {
        var writer = new SdpWriter(transport);
        writer.Session(sections.Where(s => !s.IsDead).Select(s => s.Mid).Prepend(AnchorMid));
        WriteSection(writer, new OfferedSection(AnchorMid, MediaCodecs.ForOffer("opus"), null));
        foreach (var section in sections)
        {
            WriteSection(writer, section);
        }

        return writer.ToString();
    }

    /// <summary>Answers a viewer's receive-only offer; sections without an entry are inactive.</summary>
    /// <param name="sections">mid → what is sent there.</param>
    public static string WriteAnswer(RemoteDescription offer, IReadOnlyDictionary<string, OfferedSection> sections, LocalTransport transport)
    {
        var writer = new SdpWriter(transport);
        writer.Session(offer.Sections.Where(s => Entry(s, sections) is not null).Select(s => s.Mid));
        foreach (var section in offer.Sections)
        {
            if (Entry(section, sections) is not { } entry)
            {
                writer.Rejected(section.Kind, section.Protocol, section.Formats, section.Mid);
                continue;
            }

            WriteSection(writer, entry);
        }

        return writer.ToString();
    }

    private static OfferedSection? Entry(RemoteSection section, IReadOnlyDictionary<string, OfferedSection> sections)
    {
        if (section.IsRejected)
        {
            return null;
        }

        return sections.GetValueOrDefault(section.Mid) ?? (MediaCodecs.Choose(section) is { } codec ? new OfferedSection(section.Mid, codec, null) : null);
    }

    private static void WriteSection(SdpWriter writer, OfferedSection section)
    {
        var kind = MediaCodecs.KindOf(MediaCodecs.NameOf(section.Codec)!);
        var payloadTypes = new[] { section.Codec.PayloadType.ToString(CultureInfo.InvariantCulture) };
        if (section.IsDead)
        {
            writer.Rejected(kind, Protocol, payloadTypes, section.Mid);
            return;
        }

        writer.Section(kind, Protocol, payloadTypes, section.Mid, section.Track is null ? "inactive" : "sendonly");
        if (section.DescriptorId != 0)
        {
            writer.Line("a=extmap-allow-mixed");
            writer.Line($"a=extmap:{section.DescriptorId} {SdpExtension.DependencyDescriptor}");
        }

        writer.Codec(section.Codec, section.Codec.Feedback.Where(f => f is "nack" or "nack pli" or "ccm fir"));
        if (section.Track is { } track)
        {
            writer.Line($"a=msid:{track.Stream} {track.Id}");
            writer.Line($"a=ssrc:{track.Ssrc} cname:{track.Cname}");
            writer.Line($"a=ssrc:{track.Ssrc} msid:{track.Stream} {track.Id}");
        }
    }
}
