using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live.Talk;

/// <summary>Microphones, hands and the lead. What follows for the media server is <see cref="Groups.Reach"/>'s.</summary>
internal sealed class VoiceDesk(ILessonFloor floor)
{
    public Task<Ack> MuteAsync(string who, string key, string? participantId, bool muted) => floor.CommandAsync(who, key, person =>
    {
        floor.DemandLead(person);
        var target = floor.DemandHere(participantId ?? "");
        return person.Role == LessonRole.Teacher || target.Role != LessonRole.Teacher
            ? floor.Emit(who, TalkEvents.Mute, new MuteBody(target.Id, muted), key: key)
            : throw new Refusal(Refusal.NotAllowed);
    });

    /// <summary>Everyone but the teachers, also those who come later, until it is lifted.</summary>
    public Task<Ack> MuteAllAsync(string who, string key, bool muted) => floor.CommandAsync(who, key, person =>
    {
        floor.DemandLead(person);
        return floor.Emit(who, TalkEvents.MuteAll, new MuteAllBody(muted), key: key);
    });

    /// <summary>All hands go down; who was called to the stage keeps the turn.</summary>
    public Task<Ack> LowerAllAsync(string who, string key) => floor.CommandAsync(who, key, person =>
    {
        floor.DemandLead(person);
        var raised = floor.State.People.Values.Where(other => other is { IsHandUp: true, IsCalled: false }).ToList();
        var seq = floor.LastSeq;
        foreach (var other in raised)
        {
            seq = floor.Emit(who, EventKinds.Hand, new HandBody(other.Id, Up: false), key: other == raised[^1] ? key : null);
        }

        return seq;
    });

    /// <param name="participantId">Null: the teacher takes the lead back, or whoever has it gives it back.</param>
    public Task<Ack> HandOverAsync(string who, string key, string? participantId) => floor.CommandAsync(who, key, person =>
    {
        floor.DemandLead(person);
        if (participantId is not null && (person.Role != LessonRole.Teacher || !VoiceState.MayBeHandedTheLead(floor.DemandHere(participantId))))
        {
            throw new Refusal(Refusal.NotAllowed);
        }

        return floor.State.Voices.LeaderId == participantId ? floor.LastSeq : floor.Emit(who, TalkEvents.Lead, new LeadBody(participantId), key: key);
    });
}
