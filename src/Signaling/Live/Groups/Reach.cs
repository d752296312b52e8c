using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Talk;

namespace Classroom.Signaling.Live.Groups;

/// <summary>
/// Who may see and hear whom, carried to the media server whenever the lesson's state changes it: subscriptions are filtered by
/// subgroup, microphones are closed, and who may no longer send is stopped. A page's wish is kept as it was, so that it comes
/// true as soon as it may.
/// </summary>
internal sealed class Reach(ILessonFloor floor)
{
    private bool _hasCircles;

    /// <summary>Whether an event may change who reaches whom.</summary>
    public static bool IsChangedBy(object body) => body is JoinBody or LeaveBody or RemoveBody or HandBody or StageBody
        or MuteBody or MuteAllBody or LeadBody or GroupsOpenBody or GroupsMoveBody or GroupsVisitBody or GroupsCloseBody;

    /// <summary>The publications that somebody may receive now, of those that they wish for.</summary>
    public string[] Allowed(Attachment viewer) => [.. viewer.Wanted.Where(id => floor.State.Publications.TryGetValue(id, out var publication) && MayReceive(viewer, publication.ParticipantId))];

    /// <summary>Whether everything that is published under a name may be seen by a player that asks for it by that name.</summary>
    public bool MayReceiveAll(Attachment viewer, string group)
    {
        // Asked of every player whenever somebody comes or goes.
        foreach (var publication in floor.State.Publications.Values)
        {
            if (publication.Group == group && !MayReceive(viewer, publication.ParticipantId))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A page made a new start in the media room: nothing of before holds there.</summary>
    public Task EnteredAsync(Attachment attachment)
    {
        (attachment.IsSilenced, attachment.Wanted, attachment.Received) = (false, [], []);
        return SilenceAsync(attachment);
    }

    public Task SubscribeAsync(Attachment viewer)
    {
        viewer.Received = Allowed(viewer);
        return floor.Media.SubscribeAsync(floor.Lesson.Id, viewer.ParticipantId, viewer.Received, CancellationToken.None);
    }

    /// <summary>Brings the media server in line with the state.</summary>
    public async Task FollowAsync()
    {
        foreach (var attachment in floor.Attached.Where(attachment => attachment.IsInRoom).ToList())
        {
            await UnlessGoneAsync(FollowAsync(attachment));
        }

        await StopWhoMayNotSendAsync();
        await DrawCirclesAsync();
    }

    private async Task FollowAsync(Attachment attachment)
    {
        await SilenceAsync(attachment);
        if (attachment.Headless is null && !Allowed(attachment).SequenceEqual(attachment.Received))
        {
            await SubscribeAsync(attachment);
        }
        else if (attachment.Watches is { } group && !MayReceiveAll(attachment, group))
        {
            // A player has no page that could be told: it is cut off, and gets what it may when it dials again.
            await floor.Media.LeaveAsync(floor.Lesson.Id, attachment.ParticipantId, CancellationToken.None);
        }
    }

    // One who has left meanwhile must not keep the others from being separated.
    private static async Task UnlessGoneAsync(Task step)
    {
        try
        {
            await step;
        }
        catch (MediaException)
        {
            // There is nothing to hold back from somebody who is not there.
        }
    }

    private bool MayReceive(Attachment viewer, string publisherId) =>
        viewer.Role is LessonRole.Teacher or LessonRole.Observer || floor.State.Groups.AreTogether(viewer.ParticipantId, publisherId);

    private async Task SilenceAsync(Attachment attachment)
    {
        var isSilenced = floor.State.People.TryGetValue(attachment.ParticipantId, out var person) && floor.State.Voices.IsSilenced(person);
        if (attachment.IsSilenced != isSilenced)
        {
            attachment.IsSilenced = isSilenced;
            await floor.Media.SetMutedAsync(floor.Lesson.Id, attachment.ParticipantId, isSilenced, CancellationToken.None);
        }
    }

    private async Task StopWhoMayNotSendAsync()
    {
        var sending = floor.State.Publications.Values.Select(publication => (publication.ParticipantId, publication.Group)).Distinct().ToList();
        foreach (var (participantId, group) in sending)
        {
            if (floor.State.People.TryGetValue(participantId, out var person) && !floor.State.MaySend(person))
            {
                await UnlessGoneAsync(StopAsync(participantId, group));
            }
        }
    }

    private async Task StopAsync(string participantId, string group) =>
        await floor.Media.UnpublishAsync(floor.Lesson.Id, participantId, group, CancellationToken.None);

    // The loudest microphones are chosen in each group for itself: a lively group does not silence a quiet one.
    private Task DrawCirclesAsync()
    {
        var groups = floor.State.Groups;
        if (!groups.IsOpen && !_hasCircles)
        {
            return Task.CompletedTask;
        }

        _hasCircles = groups.IsOpen;
        var circles = floor.State.People.Keys.Where(id => groups.GroupOf(id) is not null).ToDictionary(id => id, id => groups.GroupOf(id)!);
        return floor.Media.SetCirclesAsync(floor.Lesson.Id, circles, CancellationToken.None);
    }
}
