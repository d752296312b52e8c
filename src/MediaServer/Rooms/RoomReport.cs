using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Transports;

namespace Classroom.MediaServer.Rooms;

/// <summary>Numbers of a room as they stand.</summary>
internal static class RoomReport
{
    public static RoomStatistics Of(Room room) => new(
        room.Id,
        [.. room.Publications.Values.Select(Of)],
        [.. room.Participants.Select(Of)]);

    private static PublicationStatistics Of(Publication publication)
    {
        var stream = publication.Incoming;
        return new PublicationStatistics(
            publication.Info.Id, publication.Info.Group, publication.Info.Kind, stream.Packets, stream.Bytes, stream.BitsPerSecond, stream.LossPercent, stream.JitterMs);
    }

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
