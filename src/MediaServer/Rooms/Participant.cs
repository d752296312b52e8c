using System.Globalization;
using System.Security.Cryptography;
using Classroom.MediaServer.Feeds;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;

namespace Classroom.MediaServer.Rooms;

/// <summary>
/// Someone in a room, with at most one connection to publish and one to subscribe. What may change belongs to the room's own
/// loop.
/// </summary>
internal sealed class Participant(ParticipantInfo info, IParticipantListener? listener)
{
    private readonly Dictionary<string, string> _streams = new(StringComparer.Ordinal);

    public ParticipantInfo Info { get; } = info;

    public IParticipantListener? Listener { get; } = listener;

    public bool IsMuted { get; set; }

    /// <summary>Its page says that its device is too slow for all that it should send. Branches read it as well.</summary>
    public bool IsOverloaded
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    public PeerTransport? Publish { get; set; }

    /// <summary>A program on this machine that publishes for it, instead of a connection.</summary>
    public Feed? Feed { get; set; }

    public TransportState PublishState => Feed is null ? Publish?.State ?? TransportState.New : TransportState.Connected;

    /// <summary>Where it watches; null before it first wanted to.</summary>
    public Audience? Audience { get; set; }

    /// <summary>mid → publication of the publish connection.</summary>
    public Dictionary<string, Publication> Publications { get; } = new(StringComparer.Ordinal);

    /// <summary>Names this participant in source descriptions; says nothing about the person.</summary>
    public string Cname { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Media stream of a group: its audio and video are played in step.</summary>
    public string StreamId(string group)
    {
        if (!_streams.TryGetValue(group, out var id))
        {
            id = $"{Cname}-{_streams.Count.ToString(CultureInfo.InvariantCulture)}";
            _streams[group] = id;
        }

        return id;
    }

    /// <summary>A room's own loudspeakers must not repeat what its microphones picked up.</summary>
    public bool MayReceive(Publication publication)
    {
        if (publication.Owner == this)
        {
            return false;
        }

        return publication.Info.Kind != MediaKind.Audio || Info.ClassroomId is null || Info.ClassroomId != publication.Info.ClassroomId;
    }
}
