using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Groups;

/// <summary>Subgroups of a lesson: opened, timed, visited and closed by the teacher. Who hears whom follows from their state, see <see cref="Reach"/>.</summary>
internal sealed class GroupRooms(ILessonFloor floor) : ILessonPart
{
    private const int LongestSeconds = 3 * 60 * 60;

    public Task<Ack> OpenAsync(string who, string key, GroupPlan? plan) => floor.CommandAsync(who, key, _ =>
    {
        var ends = EndFor(plan?.Seconds ?? throw new Refusal(Refusal.BadRequest));
        var round = floor.State.Groups.Round + 1;
        var info = floor.Info.ToInfo(floor.Lesson, LessonRole.Teacher);
        var groups = GroupMaker.Make(plan, floor.State.People.Values, info, round);
        return floor.Emit(who, GroupEvents.Open, new GroupsOpenBody(round, groups, ends), key: key);
    });

    public Task<Ack> CloseAsync(string who, string key) => floor.CommandAsync(who, key, _ =>
        floor.State.Groups.IsOpen ? floor.Emit(who, GroupEvents.Close, new GroupsCloseBody(), key: key) : floor.LastSeq);

    /// <param name="groupId">Null: back to the whole class.</param>
    public Task<Ack> MoveAsync(string who, string key, string? participantId, string? groupId) => floor.CommandAsync(who, key, _ =>
    {
        var person = floor.DemandHere(participantId ?? "");
        if (person.Role is not (LessonRole.Student or LessonRole.Station))
        {
            throw new Refusal(Refusal.BadRequest);
        }

        DemandGroup(groupId);
        return floor.Emit(who, GroupEvents.Move, new GroupsMoveBody(person.Id, groupId), key: key);
    });

    public Task<Ack> VisitAsync(string who, string key, string? groupId) => floor.CommandAsync(who, key, _ =>
    {
        DemandGroup(groupId);
        return floor.Emit(who, GroupEvents.Visit, new GroupsVisitBody(who, groupId), key: key);
    });

    /// <param name="seconds">From now; 0: no timer.</param>
    public Task<Ack> SetTimerAsync(string who, string key, int seconds) => floor.CommandAsync(who, key, _ =>
    {
        DemandOpen();
        return floor.Emit(who, GroupEvents.Timer, new GroupsTimerBody(EndFor(seconds)), key: key);
    });

    /// <summary>Late comers find a group, and when the time is up everybody hears of it.</summary>
    public void Tick()
    {
        var groups = floor.State.Groups;
        if (!groups.IsOpen)
        {
            return;
        }

        foreach (var attachment in floor.Attached.Where(a => a is { Headless: null, Role: LessonRole.Student }))
        {
            if (floor.State.People.TryGetValue(attachment.ParticipantId, out var person) && groups.GroupOf(person.Id) is null && !groups.WasPlaced(person.Id))
            {
                Place(person);
            }
        }

        if (groups is { EndsAt: { } ends, IsTimeUp: false } && floor.Now.ToUnixTimeMilliseconds() >= ends)
        {
            floor.Emit(TimelineEntry.Server, GroupEvents.TimeUp, new GroupsTimeUpBody());
        }
    }

    private void Place(Person person)
    {
        if (floor.State.Groups.PlaceFor(person, floor.State.People.ContainsKey) is { } groupId)
        {
            floor.Emit(TimelineEntry.Server, GroupEvents.Move, new GroupsMoveBody(person.Id, groupId));
        }
    }

    private long? EndFor(int seconds) => seconds switch
    {
        0 => null,
        > 0 and <= LongestSeconds => floor.Now.ToUnixTimeMilliseconds() + (seconds * 1000L),
        _ => throw new Refusal(Refusal.BadRequest),
    };

    private void DemandOpen()
    {
        if (!floor.State.Groups.IsOpen)
        {
            throw new Refusal(Refusal.BadRequest);
        }
    }

    private void DemandGroup(string? groupId)
    {
        DemandOpen();
        if (groupId is not null && !floor.State.Groups.Exists(groupId))
        {
            throw new Refusal(Refusal.BadRequest);
        }
    }
}
