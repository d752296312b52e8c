using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Rooms;

/// <summary>A viewer's own offer of receive-only sections (WHEP) for one publication name.</summary>
internal sealed class ViewRequest(RemoteDescription offer, string group)
{
    private readonly Dictionary<string, OfferedSection> _sections = new(StringComparer.Ordinal);

    /// <summary>Runs on the loop where the participant watches.</summary>
    public (LocalTransport Transport, Dictionary<string, OfferedSection> Sections) Apply(Audience audience, Participant participant)
    {
        var (viewer, loop) = (audience.Find(participant), audience.Loop);
        var chosen = Choose(audience.FindGroup(group), participant);
        viewer.Close();
        var transport = new PeerTransport(loop, participant, TransportKind.Subscribe, audience);
        var connection = new SubscribeConnection(loop, transport) { IsByOffer = true };
        viewer.Connection = connection;
        transport.SetRemote(offer);
        foreach (var (mid, publication, codec) in chosen)
        {
            var subscription = SubscriptionFactory.Create(publication, transport, loop);
            var format = SubscribeSection.FormatOf(offer.Sections.First(s => s.Mid == mid), codec, transport);
            connection.Adopt(mid, subscription, codec, format, loop.Clock.Now);
            _sections[mid] = new OfferedSection(mid, codec, SubscribeSection.Track(subscription))
            {
                RtxPayloadType = format.RtxPayloadType,
                TransportCcId = format.IsNumbered ? format.TransportCcId : (byte)0,
                DescriptorId = format.DescriptorId,
                RedPayloadType = format.RedPayloadType,
            };
        }

        return (transport.Describe("passive"), _sections);
    }

    private List<(string Mid, Publication Publication, RtpCodec Codec)> Choose(IReadOnlyList<Publication> publications, Participant participant)
    {
        var free = offer.Sections.Where(s => !s.IsRejected && s.Direction is SdpDirection.RecvOnly or SdpDirection.SendRecv).ToList();
        var chosen = new List<(string, Publication, RtpCodec)>();
        foreach (var publication in publications.Where(participant.MayReceive))
        {
            var section = free.Find(s => MediaCodecs.Find(s, publication.Info.Codec) is not null && s.Kind == MediaCodecs.KindOf(publication.Info.Codec));
            if (section is not null)
            {
                free.Remove(section);
                chosen.Add((section.Mid, publication, MediaCodecs.Find(section, publication.Info.Codec)!));
            }
        }

        return chosen.Count > 0 ? chosen : throw new MediaException("no_common_codec", "The viewer can decode none of these tracks.");
    }
}
