using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Rooms;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Feeds;

/// <summary>A participant's wish to publish what a program on this machine brings.</summary>
internal sealed class FeedRequest(string group, IReadOnlyCollection<MediaKind> kinds)
{
    private const int LongestGroup = 100;

    public static FeedFormat FormatOf(MediaKind kind) => kind == MediaKind.Video ? FeedFormat.Picture : FeedFormat.Sound;

    /// <summary>Runs on the room's loop. Takes the place of whatever the participant published before.</summary>
    public Feed Apply(Room room, string participantId)
    {
        var participant = room.Find(participantId);
        if (group.Length is 0 or > LongestGroup)
        {
            throw new MediaException("group_not_found", $"A publication name has 1 to {LongestGroup} characters.");
        }

        if (room.Publications.Count - participant.Publications.Count + kinds.Count > room.Loop.Limits.MostPublications)
        {
            throw room.Loop.LimitReached("Too many tracks.");
        }

        room.ClosePublish(participant);
        var feed = new Feed(room, participant);
        participant.Feed = feed;
        room.Loop.Intakes.Add(feed);
        foreach (var kind in kinds.Distinct())
        {
            Publish(room, participant, feed, kind);
        }

        room.Reconcile();
        return feed;
    }

    private void Publish(Room room, Participant participant, Feed feed, MediaKind kind)
    {
        var name = kind == MediaKind.Video ? "H264" : "opus";

        // Nobody is at the other end who could send anything again.
        var codec = MediaCodecs.ForOffer(name) with { PayloadType = FormatOf(kind).PayloadType, Feedback = [] };
        var info = new PublicationInfo(
            Guid.CreateVersion7().ToString("N"), room.Id, participant.Info.Id, participant.Info.ClassroomId, group, kind, name, codec.ClockRate)
        {
            IsNotRecorded = participant.Info.IsNotRecorded,
        };
        var source = new PublicationSource(participant, feed, info, kind.ToString(), codec, [], participant.StreamId(group), DescriptorExtension: 0);
        var publication = new Publication(room.Loop, source);
        feed.Add(publication);
        room.Add(publication);
    }
}
