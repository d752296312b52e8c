using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;

namespace Classroom.Signaling.Live;

// From opening to the end, and what the clock does.
internal sealed partial class LessonRoom
{
    private const int LongestExtension = 180;
    private const int TrimAbove = 500;
    private DateTimeOffset _teacherSeen;
    private volatile bool _isTaught;

    /// <summary>What the rest of the house may see without asking the reader.</summary>
    public LessonState State => _lesson.State;

    /// <summary>A teacher is in the room, or was within the grace that a lost connection has.</summary>
    public bool IsTaught => _isTaught;

    /// <summary>Classrooms whose station is connected now.</summary>
    public Task<string[]> ConnectedClassroomsAsync() => AskAsync<string[]>(() =>
    [
        .. _state.People.Values.Where(person => person is { Role: LessonRole.Station, IsAway: false, ClassroomId: not null }).Select(person => person.ClassroomId!),
    ]);

    /// <summary>Opens the media room and, after a restart, goes on where the lesson was: the same bell, everyone away, nothing published.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _services.Media.OpenRoomAsync(Id, cancellationToken);
        await AskAsync(() =>
        {
            _teacherSeen = Now;
            if (_lesson.State == LessonState.Planned)
            {
                OpenNow();
            }
            else
            {
                Restore();
            }

            Picture.TellSettings();
            return true;
        });
    }

    public Task<Ack> StartAsync(string who, string key) => CommandAsync(who, key, _ => Start(who, key));

    public Task<Ack> ExtendAsync(string who, string key, int minutes) => CommandAsync(who, key, _ =>
    {
        if (_lesson.IsAlwaysOpen)
        {
            throw new Refusal(Refusal.AlwaysOpen);
        }

        if (minutes is < 1 or > LongestExtension)
        {
            throw new Refusal(Refusal.BadRequest);
        }

        var from = _lesson.PlannedEnd > Now.UtcDateTime ? _lesson.PlannedEnd : Now.UtcDateTime;
        var end = from.AddMinutes(minutes);
        Change(lesson => lesson.PlannedEnd = end);
        return Emit(who, EventKinds.Extended, new LessonExtendedBody(LessonInfoSource.Milliseconds(end)), key: key);
    });

    public Task<Ack> EndAsync(string who, string key) => CommandAsync(who, key, _ => End(who, key));

    /// <summary>The lesson was cancelled before its bell.</summary>
    public Task<bool> CancelAsync() => AskAsync(() =>
    {
        if (_lesson.IsAlwaysOpen || LessonSteps.After(_lesson.State, LessonStep.Cancel) is not { } next)
        {
            return false;
        }

        Change(lesson => lesson.State = next);
        Emit(TimelineEntry.Server, EventKinds.Ended, new EmptyBody());
        CloseForAll("cancelled");
        return true;
    });

    /// <summary>The plan was changed from outside: read the row again.</summary>
    public async Task RefreshAsync(Lesson fresh, LessonInfoSource info) => await AskAsync(() =>
    {
        _lesson = fresh;
        _info = info;
        if (!IsOver)
        {
            Picture.TellSettings();
        }

        return true;
    });

    public Task PublicationAddedAsync(PublicationInfo publication) => AskAsync(() =>
    {
        var body = new PublishBody(publication.Id, publication.ParticipantId, publication.ClassroomId, publication.Group, publication.Kind.ToString(), publication.Codec);
        return !IsOver && _state.Publications.TryAdd(publication.Id, body) ? Emit(publication.ParticipantId, EventKinds.Publish, body) : 0;
    });

    public Task PublicationRemovedAsync(PublicationInfo publication) => AskAsync(() =>
        !IsOver && _state.Publications.ContainsKey(publication.Id) ? Emit(publication.ParticipantId, EventKinds.Unpublish, new UnpublishBody(publication.Id)) : 0);

    public Task SpeakerAsync(PublicationInfo publication) => AskAsync(() =>
    {
        if (IsOver || !_state.Publications.ContainsKey(publication.Id))
        {
            return false;
        }

        Emit(publication.ParticipantId, EventKinds.Speaker, new SpeakerBody(publication.ParticipantId, publication.Group), SpeakerAudience(publication.ParticipantId));
        Picture.Spoken();
        return true;
    });

    // Who speaks in a subgroup does not take the floor of the class.
    private string SpeakerAudience(string participantId) => _state.Groups.GroupOf(participantId) is { } group ? Audiences.Group(group) : TimelineEntry.All;

    /// <summary>The bell, the end, and places whose grace is over.</summary>
    public Task TickAsync() => AskAsync(() =>
    {
        if (IsOver)
        {
            return false;
        }

        LeaveWhoStayedAway();
        Ring();
        foreach (var part in _parts)
        {
            part.Tick();
        }

        Trim();
        return true;
    });

    private void Ring()
    {
        var now = Now;
        if (_state.IsTeacherHere)
        {
            _teacherSeen = now;
        }

        _isTaught = _state.IsTeacherHere || (_isTaught && now - _teacherSeen < _services.Options.Grace);
        if (_lesson.IsAlwaysOpen)
        {
            return;
        }

        if (_lesson.State == LessonState.Open && now.UtcDateTime >= _lesson.PlannedStart)
        {
            Start(TimelineEntry.Server, key: null);
        }
        else if (_lesson.State == LessonState.Live && now.UtcDateTime >= _lesson.PlannedEnd && now - _teacherSeen >= _services.Options.Grace)
        {
            End(TimelineEntry.Server, key: null);
        }
    }

    private void OpenNow()
    {
        var now = Now.UtcDateTime;
        Change(lesson =>
        {
            lesson.State = LessonSteps.After(LessonState.Planned, LessonStep.Open)!.Value;
            lesson.OpenedAt = now;
        });
        Emit(TimelineEntry.Server, EventKinds.Opened, new EmptyBody());
        Log.Step(_services.Logger, Id, "opened");
    }

    private void Restore()
    {
        if (_lesson.OpenedAt is null)
        {
            var now = Now.UtcDateTime;
            Change(lesson => lesson.OpenedAt = now);
        }

        if (_timeline.Count == 0)
        {
            Emit(TimelineEntry.Server, EventKinds.Opened, new EmptyBody());
        }

        foreach (var publication in _state.Publications.Values.ToList())
        {
            Emit(TimelineEntry.Server, EventKinds.Unpublish, new UnpublishBody(publication.PublicationId));
        }

        foreach (var person in _state.People.Values.ToList())
        {
            _attached[person.Id] = new Attachment(person.Id, new JoinGrant(Id, person.Role, person.ClassroomId, person.Id)) { AwaySince = Now };
            if (!person.IsAway)
            {
                Emit(person.Id, EventKinds.Away, new AwayBody(person.Id), PresenceOf(person.Role));
            }
        }

        foreach (var id in _state.Waiting.Keys)
        {
            _attached[id] = new Attachment(id, new JoinGrant(Id, LessonRole.Student, null, id)) { AwaySince = Now };
        }

        if (_lesson is { State: LessonState.Live, IsAlwaysOpen: false })
        {
            SwitchRecording(_lesson.RecordingPausedReason is null, _lesson.RecordingPausedReason);
        }

        Log.Step(_services.Logger, Id, "open, as the database has it");
    }

    private long Start(string who, string? key)
    {
        if (_lesson.IsAlwaysOpen)
        {
            throw new Refusal(Refusal.AlwaysOpen);
        }

        if (LessonSteps.After(_lesson.State, LessonStep.Ring) is not { } next)
        {
            throw new Refusal(Refusal.AlreadyLive);
        }

        var now = Now.UtcDateTime;
        Change(lesson =>
        {
            lesson.State = next;
            lesson.StartedAt = now;
        });
        var seq = Emit(who, EventKinds.Started, new LessonStartedBody(LessonInfoSource.Milliseconds(now)), key: key);
        Emit(TimelineEntry.Server, EventKinds.Recording, new RecordingBody("on", null));
        SwitchRecording(isOn: true, reason: null);
        Log.Step(_services.Logger, Id, "live");
        return seq;
    }

    private long End(string who, string? key)
    {
        if (_lesson.IsAlwaysOpen)
        {
            throw new Refusal(Refusal.AlwaysOpen);
        }

        if (LessonSteps.After(_lesson.State, LessonStep.End) is not { } next)
        {
            throw new Refusal(Refusal.NotLive);
        }

        var now = Now.UtcDateTime;
        Emit(TimelineEntry.Server, EventKinds.Recording, new RecordingBody("off", null));
        var seq = Emit(who, EventKinds.Ended, new EmptyBody(), key: key);
        Change(lesson =>
        {
            lesson.State = next;
            lesson.EndedAt = now;
            lesson.RecordingPausedReason = null;
        });
        CloseForAll(Refusal.Ended);
        Log.Step(_services.Logger, Id, "ended");
        return seq;
    }

    private void CloseForAll(string code)
    {
        _effects.Add(() => _services.Media.CloseRoomAsync(Id, CancellationToken.None));
        foreach (var attachment in _attached.Values)
        {
            SendAway(attachment, code);
        }
    }

    private void LeaveWhoStayedAway()
    {
        var since = Now - _services.Options.Grace;
        foreach (var attachment in _attached.Values.Where(a => !a.IsConnected && a.AwaySince <= since).ToList())
        {
            GoneForGood(attachment);
        }
    }

    // An always-open room is never held as a lesson: when everyone is gone, its past is of no use to anybody.
    private void Trim()
    {
        if (!_lesson.IsAlwaysOpen || _timeline.Count <= TrimAbove || _attached.Count > 0 || _unsaved.Count > 0)
        {
            return;
        }

        var last = _timeline[^1];
        _timeline.RemoveRange(0, _timeline.Count - 1);
        _state = LiveState.Fold(_timeline);
        RebuildKeys();
        _effects.Add(() => _store.TrimAsync(Id, last.Seq, CancellationToken.None));
    }
}
