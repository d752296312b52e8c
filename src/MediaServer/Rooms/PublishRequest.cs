using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Rooms;

/// <summary>A publisher's offer and what becomes of it.</summary>
internal sealed class PublishRequest(RemoteDescription offer, IReadOnlyDictionary<string, string> groups)
{
    private const int MaxPublications = 32;
    private const int MaxGroupName = 100;

    private readonly Dictionary<string, IReadOnlyList<string>> _rids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RtpCodec> _taken = new(StringComparer.Ordinal);

    /// <summary>Runs on the room's loop.</summary>
    public (LocalTransport Transport, Dictionary<string, RtpCodec> Taken) Apply(Room room, string participantId)
    {
        var participant = room.Find(participantId);
        Choose();
        if (_taken.Count > MaxPublications || room.Publications.Count - participant.Publications.Count + _taken.Count > room.Loop.Limits.MostPublications)
        {
            throw room.Loop.LimitReached("Too many tracks.");
        }

        var transport = TransportFor(room, participant);
        DropOthers(room, participant);
        foreach (var section in offer.Sections.Where(s => _taken.ContainsKey(s.Mid)))
        {
            Publish(room, participant, transport, section);
        }

        room.Reconcile();
        return (transport.Describe("passive"), _taken);
    }

    /// <summary>Which sections are taken, in what codec. Refuses the offer as a whole before anything has changed.</summary>
    private void Choose()
    {
        var wanted = offer.Sections.Where(s => !s.IsRejected && groups.ContainsKey(s.Mid) && s.Direction is SdpDirection.SendOnly or SdpDirection.SendRecv).ToList();
        foreach (var section in wanted)
        {
            if (MediaCodecs.Choose(section) is { } codec && groups[section.Mid].Length <= MaxGroupName)
            {
                _taken[section.Mid] = codec;
                _rids[section.Mid] = section.Kind == "video" ? section.Rids : [];
            }
        }

        if (wanted.Count > 0 && _taken.Count == 0)
        {
            throw new MediaException("no_common_codec", "None of the offered codecs is forwarded: VP8, H.264 constrained baseline, VP9, AV1, Opus.");
        }
    }

    private PeerTransport TransportFor(Room room, Participant participant)
    {
        if (participant.Publish is { IsClosed: false } running && running.RemoteFingerprint == offer.Fingerprint)
        {
            if (running.Ice.RemoteUfrag != offer.Ufrag)
            {
                running.Ice.Restart();
            }

            running.SetRemote(offer);
            return running;
        }

        room.ClosePublish(participant);
        var transport = new PeerTransport(room.Loop, participant, TransportKind.Publish, room);
        participant.Publish = transport;
        transport.SetRemote(offer);
        return transport;
    }

    private void DropOthers(Room room, Participant participant)
    {
        foreach (var publication in participant.Publications.Values.ToArray())
        {
            if (!_taken.TryGetValue(publication.Mid, out var codec) || groups[publication.Mid] != publication.Info.Group
                || MediaCodecs.NameOf(codec) != publication.Info.Codec || codec.PayloadType != publication.Codec.PayloadType
                || !_rids[publication.Mid].SequenceEqual(publication.Rids, StringComparer.Ordinal))
            {
                room.Remove(publication);
            }
        }
    }

    private void Publish(Room room, Participant participant, PeerTransport transport, RemoteSection section)
    {
        transport.Feedback.Publish.Configure(section, _taken[section.Mid]);
        transport.Sources.MidExtension = section.ExtensionId(SdpExtension.Mid);
        transport.Sources.RidExtension = Math.Max(transport.Sources.RidExtension, section.ExtensionId(SdpExtension.Rid));
        transport.Sources.RepairedRidExtension = Math.Max(transport.Sources.RepairedRidExtension, section.ExtensionId(SdpExtension.RepairedRid));
        if (participant.Publications.TryGetValue(section.Mid, out var running))
        {
            running.LevelExtension = section.ExtensionId(SdpExtension.AudioLevel);
            running.RtxPayloadType = MediaCodecs.RepairsFrom(section, _taken[section.Mid]);
            running.RedPayloadType = MediaCodecs.FindRed(section, _taken[section.Mid]);
            transport.Sources.Add(running, section);
            return;
        }

        var codec = _taken[section.Mid];
        var info = new PublicationInfo(
            Guid.CreateVersion7().ToString("N"),
            room.Id,
            participant.Info.Id,
            participant.Info.ClassroomId,
            groups[section.Mid],
            section.Kind == "audio" ? MediaKind.Audio : MediaKind.Video,
            MediaCodecs.NameOf(codec)!,
            codec.ClockRate)
        {
            IsNotRecorded = participant.Info.IsNotRecorded,
        };
        var source = new PublicationSource(
            participant, transport, info, section.Mid, codec, _rids[section.Mid], participant.StreamId(info.Group), DescriptorsOf(section, codec));
        var publication = new Publication(room.Loop, source)
        {
            LevelExtension = section.ExtensionId(SdpExtension.AudioLevel),
            RtxPayloadType = MediaCodecs.RepairsFrom(section, codec),
            RedPayloadType = MediaCodecs.FindRed(section, codec),
        };
        transport.Sources.Add(publication, section);
        room.Add(publication);
    }

    private static byte DescriptorsOf(RemoteSection section, RtpCodec codec) =>
        PictureInfo.CodecOf(MediaCodecs.NameOf(codec)!) == VideoCodec.Av1 ? section.ExtensionId(SdpExtension.DependencyDescriptor) : (byte)0;
}
