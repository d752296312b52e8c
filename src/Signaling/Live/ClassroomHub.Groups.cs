using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

internal sealed partial class ClassroomHub
{
    public Task<Ack> OpenGroups(string key, GroupPlan plan) => Call(nameof(OpenGroups), (room, me) => room.Groups.OpenAsync(me, key, plan));

    public Task<Ack> CloseGroups(string key) => Call(nameof(CloseGroups), (room, me) => room.Groups.CloseAsync(me, key));

    public Task<Ack> MoveToGroup(string key, string participantId, string? groupId) => Call(nameof(MoveToGroup), (room, me) => room.Groups.MoveAsync(me, key, participantId, groupId));

    public Task<Ack> VisitGroup(string key, string? groupId) => Call(nameof(VisitGroup), (room, me) => room.Groups.VisitAsync(me, key, groupId));

    public Task<Ack> SetGroupTimer(string key, int seconds) => Call(nameof(SetGroupTimer), (room, me) => room.Groups.SetTimerAsync(me, key, seconds));

    public Task<EventDto[]> GroupPast(string groupId)
    {
        var (room, me) = Demand(nameof(GroupPast));
        return room.GroupPastAsync(me, groupId);
    }
}
