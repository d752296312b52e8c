using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>The answer to a publisher's offer: receive-only sections for what is taken, inactive ones for the rest.</summary>
public static class PublishAnswer
{
    private const string StartBitrate = "x-google-start-bitrate=1200";

    private static readonly string[] Extensions =
        [SdpExtension.Mid, SdpExtension.AudioLevel, SdpExtension.TransportCc, SdpExtension.Rid, SdpExtension.RepairedRid, SdpExtension.DependencyDescriptor];

    /// <param name="taken">mid → codec of the sections that are taken.</param>
    public static string Write(RemoteDescription offer, IReadOnlyDictionary<string, RtpCodec> taken, LocalTransport transport)
    {
        var writer = new SdpWriter(transport);
        writer.Session(offer.Sections.Where(s => CodecFor(s, taken) is not null).Select(s => s.Mid));
        foreach (var section in offer.Sections)
        {
            if (CodecFor(section, taken) is not { } codec)
            {
                writer.Rejected(section.Kind, section.Protocol, section.Formats, section.Mid);
                continue;
            }

            var codecs = Codecs(section, codec);
            writer.Section(section.Kind, section.Protocol, codecs.Select(c => Text(c.PayloadType)), section.Mid, taken.ContainsKey(section.Mid) ? "recvonly" : "inactive");
            WriteExtensions(writer, section);
            foreach (var one in codecs)
            {
                writer.Codec(one, MediaCodecs.CommonFeedback(one, section.Kind));
            }

            if (taken.ContainsKey(section.Mid) && section.Kind == "video")
            {
                SimulcastLines.WriteReceive(writer, section.Rids);
            }
        }

        return writer.ToString();
    }

    /// <summary>The codec, and what goes with it: retransmissions, or redundancy, which senders use when it stands before the sound itself.</summary>
    private static List<RtpCodec> Codecs(RemoteSection section, RtpCodec codec)
    {
        List<RtpCodec> codecs = [WithStart(codec, section.Kind)];
        if (MediaCodecs.RepairsFrom(section, codec) is var repairs and not 0)
        {
            codecs.Add(MediaCodecs.Rtx(repairs, codec));
        }

        if (MediaCodecs.FindRed(section, codec) is var red and not 0)
        {
            // In the order of the offer: it is the sender's wish.
            var isFirst = section.Codecs.First(c => c.PayloadType == red || c.PayloadType == codec.PayloadType).PayloadType == red;
            codecs.Insert(isFirst ? 0 : codecs.Count, MediaCodecs.Red(red, codec));
        }

        return codecs;
    }

    private static string Text(byte payloadType) => payloadType.ToString(CultureInfo.InvariantCulture);

    // A section that is not taken stays inactive rather than rejected: rejecting the first of a bundle kills the transport.
    private static RtpCodec? CodecFor(RemoteSection section, IReadOnlyDictionary<string, RtpCodec> taken) =>
        section.IsRejected ? null : taken.GetValueOrDefault(section.Mid) ?? MediaCodecs.Choose(section);

    // Chromium begins at 300 kbit/s and climbs for seconds; this lets a seat be sharp from the start. Others pass over it.
    private static RtpCodec WithStart(RtpCodec codec, string kind) =>
        kind == "video" ? codec with { Format = codec.Format.Length == 0 ? StartBitrate : $"{codec.Format};{StartBitrate}" } : codec;

    private static void WriteExtensions(SdpWriter writer, RemoteSection section)
    {
        if (section.AllowsMixedExtensions)
        {
            // A descriptor with a structure is longer than the one-byte form holds.
            writer.Line("a=extmap-allow-mixed");
        }

        foreach (var uri in Extensions)
        {
            var extension = section.Extensions.FirstOrDefault(e => e.Uri == uri);
            if (extension.Id > 0)
            {
                var direction = extension.IsSendOnly ? "/recvonly" : "";
                writer.Line($"a=extmap:{extension.Id}{direction} {uri}");
            }
        }
    }
}
