using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Talk;
using Classroom.Signaling.Tokens;

namespace Classroom.Signaling.Live;

// Who comes, waits, goes away, comes back and leaves.
internal sealed partial class LessonRoom
{
    private static readonly TimeSpan ResumeLifetime = TimeSpan.FromHours(12);

    /// <summary>Lets someone in, back in, or leaves them at the door. Refuses with a code.</summary>
    public Task<JoinReply> JoinAsync(Arrival arrival) => AskAsync(() => Reply(arrival, Enter(arrival)), _ => JoinMediaAsync(arrival.ParticipantId));

    /// <summary>Somebody without a page comes in, who needs to be told nothing.</summary>
    public Task JoinHeadlessAsync(Arrival arrival) => AskAsync(() => Enter(arrival), _ => JoinMediaAsync(arrival.ParticipantId));

    /// <summary>The publications that a page wishes to receive; it gets those that it may.</summary>
    public Task SubscribeAsync(string who, string[] publicationIds) => AskAsync(
        () =>
        {
            var attachment = _attached.GetValueOrDefault(who) ?? throw new Refusal(Refusal.NotJoined);
            attachment.Wanted = Picture.Watchable(who, publicationIds);
            return attachment;
        },
        _reach.SubscribeAsync);

    /// <summary>A player without a page may watch what is published under a name, as long as all of it is for its eyes.</summary>
    public Task DemandMayWatchAsync(string who, string group) => AskAsync(() =>
    {
        var attachment = _attached.GetValueOrDefault(who) ?? throw new Refusal(Refusal.NotJoined);
        attachment.Watches = group;
        return _reach.MayReceiveAll(attachment, group) ? true : throw new MediaException("group_not_found", "Nobody publishes under this name for this viewer.");
    });

    /// <summary>What is only for a subgroup, as far as the caller may see it: for those who come to it later.</summary>
    public Task<EventDto[]> GroupPastAsync(string who, string groupId) => AskAsync<EventDto[]>(() =>
    {
        var audience = Audiences.Group(groupId ?? "");
        var role = DemandHere(who).Role;
        return [.. _timeline.Where(entry => entry.Audience == audience && _state.IsFor(entry, who, role)).Select(entry => entry.ToDto())];
    });

    /// <summary>The connection of a page is gone; its place is kept for the grace time.</summary>
    public Task DisconnectAsync(string participantId, ClientOutbox outbox) => AskAsync(() =>
    {
        outbox.Complete();
        if (_attached.TryGetValue(participantId, out var attachment) && attachment.Outbox == outbox)
        {
            attachment.Outbox = null;
            attachment.AwaySince = Now;
            if (_state.People.ContainsKey(participantId))
            {
                Emit(participantId, EventKinds.Away, new AwayBody(participantId), PresenceOf(attachment.Role));
            }
        }

        return true;
    });

    /// <summary>A WHIP or WHEP session is over: no grace.</summary>
    public Task LeaveAsync(string participantId, IParticipantListener session) => AskAsync(() =>
    {
        if (_attached.TryGetValue(participantId, out var attachment) && attachment.Headless == session)
        {
            GoneForGood(attachment);
        }

        return true;
    });

    public Task<Ack> AdmitAsync(string who, string key, string participantId, bool admit) => CommandAsync(who, key, _ =>
    {
        if (!_state.Waiting.TryGetValue(participantId, out var name))
        {
            throw new Refusal(Refusal.UnknownParticipant);
        }

        _attached.TryGetValue(participantId, out var attachment);
        if (!admit && attachment is not null)
        {
            // The refusal is all that this page may see of the lesson.
            attachment.SentSeq = _seq;
        }

        var seq = Emit(who, EventKinds.Admit, new AdmitBody(participantId, admit), participantId, key);
        if (!admit)
        {
            SendAway(attachment, "not_admitted");
        }
        else
        {
            EmitJoin(participantId, name, attachment?.Role ?? LessonRole.Student, attachment?.Grant.ClassroomId);
            if (attachment is not { IsConnected: true })
            {
                Emit(participantId, EventKinds.Away, new AwayBody(participantId));
            }

            _effects.Add(() => JoinMediaAsync(participantId));
        }

        return seq;
    });

    public Task<Ack> RemoveAsync(string who, string key, string participantId) => CommandAsync(who, key, _ =>
    {
        _state.People.TryGetValue(participantId, out var person);
        if (person is null && !_state.Waiting.ContainsKey(participantId))
        {
            throw new Refusal(Refusal.UnknownParticipant);
        }

        if (person is { Role: LessonRole.Teacher })
        {
            throw new Refusal(Refusal.NotAllowed);
        }

        _attached.TryGetValue(participantId, out var attachment);
        BanEverythingOf(participantId, person?.Name ?? _state.Waiting[participantId], attachment);
        ClearStageOf(participantId);
        var seq = Emit(who, EventKinds.Remove, new RemoveBody(participantId), PresenceOf(person?.Role ?? LessonRole.Student), key);
        LeaveMedia(participantId);
        SendAway(attachment, Refusal.Removed);
        return seq;
    });

    private Attachment Enter(Arrival arrival)
    {
        DemandNotOver();
        var id = arrival.ParticipantId;
        if (arrival.BanKeys().Any(_bans.Contains))
        {
            throw new Refusal(Refusal.Removed);
        }

        var isHere = _state.People.TryGetValue(id, out var person);
        var isKnocking = _state.Waiting.ContainsKey(id);
        if (!isHere && !isKnocking)
        {
            DemandSpace();
            if (!_state.WasIn(id))
            {
                DemandOpenDoor(arrival.Role);
            }
        }

        var attachment = Attach(arrival);
        if (person is { IsAway: true })
        {
            Emit(id, EventKinds.Back, new BackBody(id), PresenceOf(arrival.Role));
        }
        else if (!isHere && !isKnocking)
        {
            if (MustKnock(arrival))
            {
                Emit(id, EventKinds.Knock, new KnockBody(id, arrival.Name), TimelineEntry.Staff);
            }
            else
            {
                EmitJoin(id, arrival.Name, arrival.Role, arrival.ClassroomId);
                if (arrival.IsNotRecorded)
                {
                    // Who has not consented is nobody's business but the staff's.
                    Emit(id, EventKinds.Unrecorded, new UnrecordedBody(id), TimelineEntry.Staff);
                }
            }
        }

        Log.Joined(_services.Logger, Id, id, arrival.Role);
        return attachment;
    }

    private JoinReply Reply(Arrival arrival, Attachment attachment)
    {
        var isWaiting = _state.Waiting.ContainsKey(arrival.ParticipantId);
        EventDto[] events = [];
        if (!isWaiting)
        {
            events = EventsAfter(arrival.LastSeq <= _seq ? arrival.LastSeq : 0, arrival.ParticipantId, arrival.Role);
            attachment.SentSeq = _seq;
        }

        var name = _state.People.TryGetValue(arrival.ParticipantId, out var person) ? person.Name : arrival.Name;
        var resume = attachment.Grant with { LessonId = Id, ParticipantId = arrival.ParticipantId, Name = name };
        return new JoinReply(
            arrival.ParticipantId,
            _services.Tokens.IssueResume(resume, ResumeLifetime),
            arrival.Role,
            name,
            arrival.ClassroomId,
            isWaiting,
            _info.ToInfo(_lesson, arrival.Role),
            events,
            Now.ToUnixTimeMilliseconds(),
            _services.Turn.For(arrival.ParticipantId),
            arrival.IsNotRecorded);
    }

    private Attachment Attach(Arrival arrival)
    {
        var id = arrival.ParticipantId;
        _attached.TryGetValue(id, out var old);
        old?.Outbox?.Close("replaced");
        var grant = arrival.Grant with { ClassroomId = arrival.ClassroomId };
        if (old is { Headless: null } && arrival.Headless is null)
        {
            // A page that starts anew has no connections any more; one that only lost the hub keeps its media running.
            old.IsInRoom &= arrival.LastSeq > 0;
            old.Outbox = arrival.Outbox;
            old.Grant = grant;
            old.IsNotRecorded = arrival.IsNotRecorded;
            old.SentSeq = 0;
            return old;
        }

        return _attached[id] = new Attachment(id, grant) { Outbox = arrival.Outbox, Headless = arrival.Headless, IsNotRecorded = arrival.IsNotRecorded };
    }

    // Observers come and go silently: pupils and classrooms do not hear of them.
    private static string PresenceOf(LessonRole role) => role == LessonRole.Observer ? TimelineEntry.Staff : TimelineEntry.All;

    private bool MustKnock(Arrival arrival) =>
        arrival is { Role: LessonRole.Student, Pupil: null, Grant.AccountId: null }
        && !_lesson.AdmitsUnknownNames
        && !_state.WasIn(arrival.ParticipantId);

    private void DemandSpace()
    {
        if (_state.People.Count + _state.Waiting.Count >= _services.Options.LessonCapacity)
        {
            throw new Refusal(Refusal.RoomFull);
        }
    }

    private void DemandOpenDoor(LessonRole role)
    {
        if (_lesson.IsDoorLocked && (role is LessonRole.Student or LessonRole.Viewer))
        {
            throw new Refusal(Refusal.DoorLocked);
        }
    }

    private void EmitJoin(string id, string name, LessonRole role, string? classroomId)
    {
        var school = _lesson.Classrooms.Find(link => link.ClassroomId == classroomId)?.Classroom?.School?.ShortName;
        Emit(id, EventKinds.Join, new JoinBody(id, name, role.ToString(), classroomId, school), PresenceOf(role));
    }

    /// <summary>Into the media room, once per page.</summary>
    private async Task JoinMediaAsync(string participantId)
    {
        if (!_attached.TryGetValue(participantId, out var attachment) || attachment.IsInRoom || _state.Waiting.ContainsKey(participantId))
        {
            return;
        }

        var classroomId = attachment.Grant.ClassroomId;
        var schoolId = _lesson.Classrooms.Find(link => link.ClassroomId == classroomId)?.Classroom?.SchoolId;
        var participant = new ParticipantInfo(participantId, classroomId, schoolId) { IsNotRecorded = attachment.IsNotRecorded };
        await _services.Media.JoinAsync(Id, participant, attachment, CancellationToken.None);
        attachment.IsInRoom = true;
        await _reach.EnteredAsync(attachment);
    }

    private void LeaveMedia(string participantId) => _effects.Add(() => _services.Media.LeaveAsync(Id, participantId, CancellationToken.None));

    private void SendAway(Attachment? attachment, string code)
    {
        if (attachment is null)
        {
            return;
        }

        _farewells.Add(() =>
        {
            attachment.Outbox?.Close(code);
            attachment.Outbox = null;
            attachment.Headless?.OnTransportState(TransportKind.Publish, TransportState.Closed);
            if (_attached.TryGetValue(attachment.ParticipantId, out var current) && current == attachment)
            {
                _attached.Remove(attachment.ParticipantId);
            }
        });
    }

    private void GoneForGood(Attachment attachment)
    {
        var id = attachment.ParticipantId;
        ClearStageOf(id);
        if (_state.People.ContainsKey(id) || _state.Waiting.ContainsKey(id))
        {
            Emit(id, EventKinds.Leave, new LeaveBody(id), _state.Waiting.ContainsKey(id) ? TimelineEntry.Staff : PresenceOf(attachment.Role));
        }

        _attached.Remove(id);
        if (attachment.IsInRoom)
        {
            LeaveMedia(id);
        }
    }

    private void BanEverythingOf(string participantId, string name, Attachment? attachment)
    {
        var role = attachment?.Role ?? LessonRole.Student;
        var grant = (attachment?.Grant ?? new JoinGrant(Id, role)) with { ParticipantId = participantId };
        foreach (var key in new Arrival(grant, name, 0, Pupil: null, Outbox: null, Headless: null).BanKeys())
        {
            Ban(key);
        }
    }

    private void ClearStageOf(string participantId)
    {
        if (_state.Voices.LeaderId == participantId)
        {
            Emit(TimelineEntry.Server, TalkEvents.Lead, new LeadBody(null));
        }

        if (_state.Stage?.ParticipantId == participantId)
        {
            Emit(TimelineEntry.Server, EventKinds.Stage, new StageBody(null, null));
        }
    }
}
