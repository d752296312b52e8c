using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Groups;

namespace Classroom.Signaling.Live;

// What people do in a lesson.
internal sealed partial class LessonRoom
{
    private const int LongestKey = 64;
    private const int LongestLabel = 100;
    private const string StudentGroup = "camera";

    /// <summary>Students send only while they are called to the stage or in a subgroup.</summary>
    public Task DemandMayPublishAsync(string participantId) => AskAsync(() =>
    {
        DemandNotOver();
        return _state.MaySend(DemandHere(participantId)) ? true : throw new Refusal(Refusal.NotAllowed);
    });

    public Task<Ack> StageAsync(string who, string key, StageTarget? target) => CommandAsync(who, key, person =>
    {
        DemandLead(person);
        if (target is null)
        {
            Picture.ChosenByHand(who);
            return Emit(who, EventKinds.Stage, new StageBody(null, null), key: key);
        }

        DemandSeat(target);
        if (_state.Groups.IsMember(target.ParticipantId))
        {
            // Everyone is to see them: out of the subgroup, which alone could.
            Emit(who, GroupEvents.Move, new GroupsMoveBody(target.ParticipantId, null));
        }

        Picture.ChosenByHand(who);
        var seq = Emit(who, EventKinds.Stage, new StageBody(target.ParticipantId, target.Group), key: key);

        // The film cuts to a seat at its next key frame.
        foreach (var video in PublicationsOf(target.ParticipantId).Where(p => p.Group == target.Group && p.Kind == nameof(MediaServer.MediaKind.Video)))
        {
            _services.Media.RequestKeyframe(Id, video.PublicationId);
        }

        return seq;
    });

    public Task<Ack> RaiseHandAsync(string who, string key, bool up, string? participantId) => CommandAsync(who, key, person =>
    {
        var target = participantId is null || participantId == who ? person : DemandHere(participantId);
        if (target != person)
        {
            DemandLead(person);
            if (up)
            {
                throw new Refusal(Refusal.NotAllowed);
            }
        }

        if (up && person.Role == LessonRole.Student && !_state.Picture.Settings.StudentsMaySpeak)
        {
            throw new Refusal(Refusal.NotAllowed);
        }

        DemandPace(person);
        var wasCalled = target.IsCalled;
        if (target.IsHandUp == up && !wasCalled)
        {
            return _seq;
        }

        var seq = Emit(who, EventKinds.Hand, new HandBody(target.Id, up), key: key);
        if (wasCalled && !up && target.Role == LessonRole.Student)
        {
            EndTurnOf(target.Id);
        }

        return seq;
    });

    public Task<Ack> MarkAsync(string who, string key, string? knowledgePointId, string? label) => CommandAsync(who, key, _ =>
    {
        var point = _info.KnowledgePoints.FirstOrDefault(p => p.Id == knowledgePointId);
        var clean = Arrival.Clean(label, LongestLabel) is { Length: > 0 } given ? given : point?.Name ?? "";
        if ((knowledgePointId is not null && point is null) || clean.Length == 0)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        return Emit(who, EventKinds.Mark, new MarkBody(point?.Id, clean), key: key);
    });

    public Task<Ack> ConfusedAsync(string who, string key) => CommandAsync(who, key, person =>
    {
        DemandPace(person);
        return Emit(who, EventKinds.Confused, new EmptyBody(), TimelineEntry.Staff, key);
    });

    public Task<Ack> LockDoorAsync(string who, string key, bool locked) => CommandAsync(who, key, _ =>
    {
        Change(lesson => lesson.IsDoorLocked = locked);
        return Emit(who, EventKinds.Door, new DoorBody(locked), key: key);
    });

    public Task<Ack> AdmitUnknownNamesAsync(string who, string key, bool admit) => CommandAsync(who, key, _ =>
    {
        Change(lesson => lesson.AdmitsUnknownNames = admit);
        return Emit(who, EventKinds.UnknownNames, new UnknownNamesBody(admit), TimelineEntry.Staff, key);
    });

    /// <param name="newPin">Null: no tablet can join by PIN any more.</param>
    public Task<Ack> ReplacePinAsync(string who, string key, string? newPin) => CommandAsync(who, key, _ =>
    {
        var now = Now.UtcDateTime;
        Change(lesson =>
        {
            lesson.Pin = newPin;
            lesson.PinExpiresAt = newPin is null ? now : null;
        });
        return Emit(who, EventKinds.Pin, new PinBody(newPin, newPin is null ? LessonInfoSource.Milliseconds(now) : null), TimelineEntry.Staff, key);
    });

    /// <summary>A command by its idempotency key: done once, answered every time.</summary>
    private Task<Ack> CommandAsync(string who, string? key, Func<Person, long> act) => AskAsync(() =>
    {
        if (string.IsNullOrEmpty(key) || key.Length > LongestKey)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        if (_keys.TryGetValue((who, key), out var seq))
        {
            return new Ack(seq);
        }

        DemandNotOver();
        return new Ack(act(DemandHere(who)));
    });

    private void DemandNotOver()
    {
        if (IsOver)
        {
            throw new Refusal(Refusal.Ended);
        }
    }

    private Person DemandHere(string participantId)
    {
        if (_state.People.TryGetValue(participantId, out var person))
        {
            return person;
        }

        throw new Refusal(_state.Waiting.ContainsKey(participantId) ? Refusal.Waiting : Refusal.UnknownParticipant);
    }

    private void DemandPace(Person person)
    {
        if (_attached.TryGetValue(person.Id, out var attachment) && !attachment.Signals.TryPass(Now))
        {
            throw new Refusal(Refusal.TooFast);
        }
    }

    private void DemandSeat(StageTarget target)
    {
        var person = DemandHere(target.ParticipantId);

        // A called child's camera comes on because of the call, so it may not be there yet.
        var isComing = person.Role == LessonRole.Student && target.Group == StudentGroup;
        if (!isComing && !PublicationsOf(person.Id).Any(p => p.Group == target.Group))
        {
            throw new Refusal(Refusal.UnknownSeat);
        }
    }

    private IEnumerable<PublishBody> PublicationsOf(string participantId) => _state.Publications.Values.Where(p => p.ParticipantId == participantId);

    /// <summary>The turn is over: what the pupil sends is stopped by <see cref="Reach"/>, for it is no longer allowed.</summary>
    private void EndTurnOf(string participantId) => ClearStageOf(participantId);

    private void DemandLead(Person person)
    {
        if (!_state.Voices.MayLead(person))
        {
            throw new Refusal(Refusal.NotAllowed);
        }
    }
}
