using Classroom.MediaServer.Bandwidth;
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
            ParticipantId = publication.Owner.Info.Id,
            Encodings = [.. publication.Encodings.Select(e => new EncodingStatistics(e.Rid, e.Width, e.Height, e.Incoming.BitsPerSecond, e.Incoming.LossPercent))],
        };
    }

    private static SubscriptionStatistics Of(Participant participant, Subscription subscription) => new(
        participant.Info.Id,
        subscription.Publication.Info.Id,
        subscription.Spatial,
        subscription.Temporal,
        subscription.Spatial < 0 ? 0 : subscription.Publication.HeightOf(subscription.Spatial),
        subscription.Reports.BitsPerSecond,
        subscription.Reports.LossPercent,
        subscription.Stream.Reason)
    {
        RoundTripMs = subscription.Reports.RoundTrip.TotalMilliseconds,
        Freezes = subscription.Freezes.Count,
        FrozenMs = subscription.Freezes.Total.TotalMilliseconds,
    };

    private static ParticipantStatistics Of(Participant participant)
    {
        var line = participant.Subscribe?.Transport.Out.Line;
        var received = participant.Subscribe?.Subscriptions.Select(s => s.Reports).ToList() ?? [];
        var roundTrip = participant.Subscribe is null ? participant.Publish?.Feedback.RoundTrip ?? TimeSpan.Zero
            : received.Select(r => r.RoundTrip).DefaultIfEmpty().Max();
        var loss = received.Select(r => r.LossPercent).DefaultIfEmpty().Max();
        return new ParticipantStatistics(
            participant.Info.Id,
            StateOf(participant.Publish),
            StateOf(participant.Subscribe?.Transport),
            roundTrip.TotalMilliseconds,
            loss,
            received.Sum(r => r.BitsPerSecond),
            line?.State.Estimate.BitsPerSecond,
            Quality(loss, roundTrip.TotalMilliseconds, line?.Streams.Count(s => s.Reason is not (LimitReason.None or LimitReason.Paused)) ?? 0));
    }

    // Loss that is repaired still costs delay; talk becomes tiring from 300 ms there and back; a picture left out is seen at once.
    private static double Quality(double lossPercent, double roundTripMs, int limited) =>
        Math.Clamp(5 - Math.Min(2.5, lossPercent * 0.2) - Math.Clamp((roundTripMs - 150) / 150, 0, 2) - Math.Min(1.5, limited * 0.5), 1, 5);

    private static TransportState StateOf(PeerTransport? transport) => transport?.State ?? TransportState.New;
}
