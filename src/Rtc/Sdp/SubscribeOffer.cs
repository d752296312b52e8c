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

    /// <summary>Payload type of retransmissions (RFC 4588); 0: lost packets are sent again as they were.</summary>
    public byte RtxPayloadType { get; init; }

    /// <summary>Header extension id of transport-wide sequence numbers; 0: not offered.</summary>
    public byte TransportCcId { get; init; }

    /// <summary>Payload type of sound with redundancy (RFC 2198); 0: it comes without.</summary>
    public byte RedPayloadType { get; init; }
}

/// <summary>A track on a section.</summary>
/// <param name="Stream">Tracks of one stream are played in step.</param>
/// <param name="RtxSsrc">Source of retransmissions; 0: none.</param>
public sealed record OfferedTrack(string Stream, string Id, uint Ssrc, string Cname, uint RtxSsrc = 0);

/// <summary>The server's offer to a subscriber, and its answer to a viewer that offers (WHEP).</summary>
public static class SubscribeOffer
{
    /// <summary>Identifies the first section, which never carries anything.</summary>
    public const string AnchorMid = "0";

    /// <summary>Id of the dependency descriptor in the server's own offers.</summary>
    public const byte DescriptorId = 8;

    /// <summary>Id of transport-wide sequence numbers in the server's own offers.</summary>
    public const byte TransportCcId = 5;

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
        List<RtpCodec> codecs = [section.Codec];
        if (section.RtxPayloadType != 0)
        {
            codecs.Add(MediaCodecs.Rtx(section.RtxPayloadType, section.Codec));
        }

        if (section.RedPayloadType != 0)
        {
            codecs.Add(MediaCodecs.Red(section.RedPayloadType, section.Codec));
        }

        var payloadTypes = codecs.Select(c => c.PayloadType.ToString(CultureInfo.InvariantCulture));
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

        if (section.TransportCcId != 0)
        {
            writer.Line($"a=extmap:{section.TransportCcId} {SdpExtension.TransportCc}");
        }

        foreach (var codec in codecs)
        {
            writer.Codec(codec, codec.Feedback.Where(f => MediaCodecs.IsAnswered(f) && (f != "transport-cc" || section.TransportCcId != 0)));
        }

        if (section.Track is { } track)
        {
            WriteTrack(writer, track, section.RtxPayloadType != 0);
        }
    }

    private static void WriteTrack(SdpWriter writer, OfferedTrack track, bool hasRtx)
    {
        writer.Line($"a=msid:{track.Stream} {track.Id}");
        if (hasRtx)
        {
            writer.Line($"a=ssrc-group:FID {track.Ssrc} {track.RtxSsrc}");
        }

        foreach (var ssrc in hasRtx ? [track.Ssrc, track.RtxSsrc] : new[] { track.Ssrc })
        {
            writer.Line($"a=ssrc:{ssrc} cname:{track.Cname}");
            writer.Line($"a=ssrc:{ssrc} msid:{track.Stream} {track.Id}");
        }
    }
}
