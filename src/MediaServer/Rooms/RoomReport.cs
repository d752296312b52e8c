using Classroom.MediaServer.Audio;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;

namespace Classroom.MediaServer.Rooms;

/// <summary>Numbers of a room as they stand.</summary>
internal static class RoomReport
{
    /// <summary>What the room's own loop knows; who watches on another is without those numbers.</summary>
    public static RoomStatistics Of(Room room) => new(
        room.Id,
        [.. room.Publications.Values.Select(Of)],
        [.. room.Participants.Select(p => Of(p.Info, p.Publish, room.Audience.ConnectionOf(p)) with { Publish = p.PublishState })])
    {
        Subscriptions = SubscriptionsOf(room.Audience),
    };

    /// <summary>What the loop of a branch knows of those who watch there.</summary>
    public static AudienceStatistics Of(Audience audience) => new(
        audience.Viewers.ToDictionary(v => v.Participant.Info.Id, v => Of(v.Participant.Info, publish: null, v.Connection), StringComparer.Ordinal),
        SubscriptionsOf(audience));

    /// <summary>Adds what a branch knows.</summary>
    public static RoomStatistics Join(RoomStatistics room, AudienceStatistics branch) => room with
    {
        Participants = [.. room.Participants.Select(p => branch.Participants.TryGetValue(p.ParticipantId, out var viewer) ? viewer with { Publish = p.Publish } : p)],
        Subscriptions = [.. room.Subscriptions, .. branch.Subscriptions],
    };

    private static IReadOnlyList<SubscriptionStatistics> SubscriptionsOf(Audience audience) =>
        [.. audience.Viewers.SelectMany(v => v.Connection?.Subscriptions.Select(s => Of(v.Participant, s)) ?? [])];

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
            IsSpeaking = publication.Voice is { Level: >= VoiceRanking.Speech },
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

    private static ParticipantStatistics Of(ParticipantInfo participant, PeerTransport? publish, SubscribeConnection? subscribe)
    {
        var line = subscribe?.Transport.Out.Line;
        var received = subscribe?.Subscriptions.Select(s => s.Reports).ToList() ?? [];
        var roundTrip = subscribe is null ? publish?.Feedback.RoundTrip ?? TimeSpan.Zero
            : received.Select(r => r.RoundTrip).DefaultIfEmpty().Max();
        var loss = received.Select(r => r.LossPercent).DefaultIfEmpty().Max();
        return new ParticipantStatistics(
            participant.Id,
            StateOf(publish),
            StateOf(subscribe?.Transport),
            roundTrip.TotalMilliseconds,
            loss,
            received.Sum(r => r.BitsPerSecond),
            line?.State.Estimate.BitsPerSecond,
            Quality(loss, roundTrip.TotalMilliseconds, line?.Streams.Count(s => s.Reason is not (LimitReason.None or LimitReason.Paused)) ?? 0))
        {
            IsOverloaded = publish?.Owner.IsOverloaded ?? false,
        };
    }

    // Loss that is repaired still costs delay; talk becomes tiring from 300 ms there and back; a picture left out is seen at once.
    private static double Quality(double lossPercent, double roundTripMs, int limited) =>
        Math.Clamp(5 - Math.Min(2.5, lossPercent * 0.2) - Math.Clamp((roundTripMs - 150) / 150, 0, 2) - Math.Min(1.5, limited * 0.5), 1, 5);

    private static TransportState StateOf(PeerTransport? transport) => transport?.State ?? TransportState.New;
}

/// <summary>Numbers of those who watch on one branch.</summary>
/// <param name="Participants">By their ids.</param>
/// <param name="Subscriptions">What they get.</param>
internal sealed record AudienceStatistics(
    IReadOnlyDictionary<string, ParticipantStatistics> Participants, IReadOnlyList<SubscriptionStatistics> Subscriptions);
