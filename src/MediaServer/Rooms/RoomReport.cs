using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;

namespace Classroom.MediaServer.Rooms;

/// <summary>Numbers of a room as they stand.</summary>
internal static class RoomReport
{
    public static RoomStatistics Of(Room room) => new(
        room.Id,
        [.. room.Publications.Values.Select(Of)],
        [.. room.Participants.Select(Of)])
    {
        Subscriptions = [.. room.Participants.SelectMany(p => p.Subscribe?.Subscriptions.Select(s => Of(p, s)) ?? [])],
    };

    private static PublicationStatistics Of(Publication publication)
    {
        var streams = publication.Encodings.Select(e => e.Incoming).ToList();
        return new PublicationStatistics(
            publication.Info.Id,
            publication.Info.Group,
            publication.Info.Kind,
            streams.Sum(s => s.Packets),
            streams.Sum(s => s.Bytes),
            streams.Sum(s => s.BitsPerSecond),
            streams.Max(s => s.LossPercent),
            streams.Max(s => s.JitterMs))
        {
            Encodings = [.. publication.Encodings.Select(e => new EncodingStatistics(e.Rid, e.Width, e.Height, e.Incoming.BitsPerSecond, e.Incoming.LossPercent))],
        };
    }

    private static SubscriptionStatistics Of(Participant participant, Subscription subscription) => new(
        participant.Info.Id,
        subscription.Publication.Info.Id,
        subscription.Spatial,
        subscription.Temporal,
        subscription.Spatial < 0 ? 0 : subscription.Publication.HeightOf(subscription.Spatial),
        subscription.Reports.BitsPerSecond);

    private static ParticipantStatistics Of(Participant participant)
    {
        var received = participant.Subscribe?.Subscriptions.Select(s => s.Reports).ToList() ?? [];
        var roundTrip = participant.Subscribe is null ? participant.Publish?.Feedback.RoundTrip ?? TimeSpan.Zero
            : received.Select(r => r.RoundTrip).DefaultIfEmpty().Max();
        return new ParticipantStatistics(
            participant.Info.Id,
            StateOf(participant.Publish),
            StateOf(participant.Subscribe?.Transport),
            roundTrip.TotalMilliseconds,
            received.Select(r => r.LossPercent).DefaultIfEmpty().Max(),
            received.Sum(r => r.BitsPerSecond));
    }

    private static TransportState StateOf(PeerTransport? transport) => transport?.State ?? TransportState.New;
}
