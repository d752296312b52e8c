using System.Threading.Channels;
using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Board;
using Classroom.Signaling.Live.Groups;
using Classroom.Signaling.Live.Notes;
using Classroom.Signaling.Live.Questions;
using Classroom.Signaling.Live.Tablets;
using Classroom.Signaling.Live.Talk;
using Classroom.Signaling.Live.Picture;
using Classroom.Signaling.Tokens;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

/// <summary>What every lesson room needs.</summary>
internal sealed record RoomServices(IMediaServer Media, JoinTokens Tokens, TurnCredentials Turn, TimeProvider Time, SignalingOptions Options, ILogger Logger, DocumentSource Documents);

/// <summary>
/// One open lesson. All of it runs on one reader: a call is a piece of work in the inbox, so no state is locked.
/// Work that is waiting is done together, its events are committed in one transaction, then pages are told, then the
/// callers get their answers: what was acknowledged is stored.
/// </summary>
internal sealed partial class LessonRoom : ILessonFloor, IAsyncDisposable
{
    private const int InboxSize = 8_192;
    private const int LargestBatch = 256;
    private readonly Channel<Work> _inbox = Channel.CreateBounded<Work>(new BoundedChannelOptions(InboxSize) { SingleReader = true });
    private readonly ITimelineStore _store;
    private readonly RoomServices _services;
    private readonly Dictionary<string, Attachment> _attached = [];
    private readonly Dictionary<(string Who, string Key), long> _keys = [];
    private readonly HashSet<string> _bans;
    private readonly List<TimelineEntry> _timeline;

    // What the work of this batch has produced.
    private readonly List<TimelineEntry> _unsaved = [];
    private readonly List<Action<Lesson>> _changes = [];
    private readonly List<LessonBan> _newBans = [];
    private readonly List<Func<Task>> _effects = [];
    private readonly List<Action> _farewells = [];

    private Lesson _lesson;
    private LiveState _state;
    private LessonInfoSource _info;
    private long _seq;
    private bool _prioritiesChanged;
    private bool _reachChanged;
    private Task _run = Task.CompletedTask;

    private LessonRoom(Lesson lesson, IReadOnlyList<TimelineEntry> timeline, IReadOnlyList<string> bans, LessonInfoSource info, ITimelineStore store, RoomServices services)
    {
        _lesson = lesson;
        _timeline = [.. timeline];
        _bans = [.. bans];
        _info = info;
        _store = store;
        _services = services;
        _seq = timeline.Count > 0 ? timeline[^1].Seq : 0;
        _state = LiveState.Fold(timeline);
        Board = new BoardPart(this, services.Documents);
        _parts.Add(Board);
        RebuildKeys();
        _reach = new Reach(this);
        (Chat, Asks, Voices, Notes) = (new ChatDesk(this), new AskDesk(this), new VoiceDesk(this), new NoteBook(this));
        _parts.Add(Groups = new GroupRooms(this));
        Picture = new LessonPicture(this);
        _parts.Add(Picture);
        _parts.Add(Questions = new QuestionDesk(this));
        Tablets = new TabletControl(this);
    }

    public string Id => _lesson.Id;

    public BoardPart Board { get; }

    /// <summary>True once the lesson is over: the room takes nobody any more.</summary>
    public bool IsOver => _lesson.State is LessonState.Ended or LessonState.Cancelled;

    public static async Task<LessonRoom> LoadAsync(Lesson lesson, LessonInfoSource info, ITimelineStore store, RoomServices services, CancellationToken cancellationToken)
    {
        var timeline = await store.LoadAsync(lesson.Id, cancellationToken);
        var bans = await store.LoadBansAsync(lesson.Id, cancellationToken);
        var room = new LessonRoom(lesson, timeline, bans, info, store, services);
        room._run = Task.Run(room.RunAsync, CancellationToken.None);
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        _inbox.Writer.TryComplete();
        await _run;
    }

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    /// <summary>Runs work on the room's reader; the answer comes when what it produced is committed and its effects are done.</summary>
    /// <param name="effect">Something outside the room that the answer waits for, for example joining the media room.</param>
    private Task<T> AskAsync<T>(Func<T> act, Func<T, Task>? effect = null)
    {
        var work = new Work<T>(act, effect);
        if (!_inbox.Writer.TryWrite(work))
        {
            throw new Refusal(IsOver ? Refusal.Ended : Refusal.Busy);
        }

        return work.Answer;
    }

    private async Task RunAsync()
    {
        List<Work> batch = [];
        while (await _inbox.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _inbox.Reader.TryRead(out var work))
            {
                work.Run();
                batch.Add(work);
            }

            try
            {
                await FinishAsync(batch);
            }
            catch (Exception exception)
            {
                Log.BatchFailed(_services.Logger, Id, exception);
                batch.ForEach(work => work.Fail(exception));
            }
        }
    }

    private async Task FinishAsync(List<Work> batch)
    {
        if (!await CommitAsync())
        {
            _effects.Clear();
            _farewells.Clear();
            await ReloadAsync();
            batch.ForEach(work => work.Fail(new Refusal(Refusal.NotSaved)));
            return;
        }

        if (_prioritiesChanged && !IsOver)
        {
            _effects.Add(() => _services.Media.SetBandwidthAsync(Id, StreamClasses.PlanFor(_lesson, _state), CancellationToken.None));
        }

        if (_reachChanged && !IsOver)
        {
            _effects.Add(_reach.FollowAsync);
        }

        (_prioritiesChanged, _reachChanged) = (false, false);
        // The media room first: a page that hears of its admission may subscribe at once.
        foreach (var effect in _effects)
        {
            await TryAsync(effect);
        }

        Tell();
        _farewells.ForEach(farewell => farewell());
        _effects.Clear();
        _farewells.Clear();
        foreach (var work in batch)
        {
            await work.CompleteAsync();
        }
    }

    private long Emit(string who, string kind, object body, string audience = TimelineEntry.All, string? key = null)
    {
        var entry = new TimelineEntry(++_seq, LessonClockNow(), who, kind, EventKinds.Write(body), audience, key);
        _timeline.Add(entry);
        _unsaved.Add(entry);
        _state.Apply(entry, body);
        _reachChanged |= Reach.IsChangedBy(body);
        _prioritiesChanged |= body is PublishBody or UnpublishBody or StageBody or LayoutBody or LessonSettings;
        if (key is not null)
        {
            _keys[(who, key)] = entry.Seq;
        }

        return entry.Seq;
    }

    /// <summary>Changes the lesson's row with this batch, and our copy of it at once.</summary>
    private void Change(Action<Lesson> change)
    {
        change(_lesson);
        _changes.Add(change);
    }

    private void Ban(string key)
    {
        if (_bans.Add(key))
        {
            _newBans.Add(new LessonBan { LessonId = Id, Key = key, At = Now.UtcDateTime });
        }
    }

    /// <summary>Milliseconds since the bell; before it, negative by the plan. Rooms that never start count from their opening.</summary>
    private long LessonClockNow()
    {
        var now = Now.UtcDateTime;
        if (_lesson.StartedAt is { } started)
        {
            return (long)(now - started).TotalMilliseconds;
        }

        return _lesson.IsAlwaysOpen
            ? (long)(now - (_lesson.OpenedAt ?? now)).TotalMilliseconds
            : Math.Min(-1, (long)(now - _lesson.PlannedStart).TotalMilliseconds);
    }

    private async Task<bool> CommitAsync()
    {
        var batch = new TimelineBatch([.. _unsaved], [.. _changes], [.. _newBans]);
        if (batch.IsEmpty)
        {
            return true;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _store.SaveAsync(Id, batch, CancellationToken.None);
                _unsaved.Clear();
                _changes.Clear();
                _newBans.Clear();
                return true;
            }
            catch (Exception exception) when (attempt < 3)
            {
                Log.CommitRetried(_services.Logger, Id, attempt, exception);
            }
            catch (Exception exception)
            {
                Log.CommitFailed(_services.Logger, Id, exception);
                return false;
            }
        }
    }

    // What could not be stored did not happen: back to what the store has.
    private async Task ReloadAsync()
    {
        var lost = _unsaved.Count;
        _unsaved.Clear();
        _changes.Clear();
        _newBans.ForEach(ban => _bans.Remove(ban.Key));
        _newBans.Clear();
        _timeline.RemoveRange(_timeline.Count - lost, lost);
        _seq = _timeline.Count > 0 ? _timeline[^1].Seq : 0;
        _state = LiveState.Fold(_timeline);
        RebuildKeys();
        foreach (var attachment in _attached.Values)
        {
            attachment.SentSeq = Math.Min(attachment.SentSeq, _seq);
        }

        await TryAsync(async () => _lesson = await _store.LoadLessonAsync(Id, CancellationToken.None) ?? _lesson);
    }

    private void RebuildKeys()
    {
        _keys.Clear();
        foreach (var entry in _timeline.Where(entry => entry.Key is not null))
        {
            _keys[(entry.Who, entry.Key!)] = entry.Seq;
        }
    }

    /// <summary>Gives every connected page the events it has not had.</summary>
    private void Tell()
    {
        foreach (var attachment in _attached.Values)
        {
            if (attachment.Outbox is { } outbox && attachment.SentSeq < _seq && !_state.Waiting.ContainsKey(attachment.ParticipantId))
            {
                var events = EventsAfter(attachment.SentSeq, attachment.ParticipantId, attachment.Role);
                attachment.SentSeq = _seq;
                if (events.Length > 0)
                {
                    outbox.Events(events);
                }
            }
        }
    }

    private EventDto[] EventsAfter(long seq, string participantId, LessonRole role)
    {
        // Seqs have no holes except where an always-open room was trimmed, so the position is known.
        var first = _timeline.Count == 0 ? 0 : (int)Math.Clamp(seq - _timeline[0].Seq + 1, 0, _timeline.Count);
        return [.. _timeline.Skip(first).Where(entry => entry.Seq > seq && _state.IsFor(entry, participantId, role) && (seq > 0 || !_state.IsPast(entry.Seq))).Select(entry => entry.ToDto())];
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (MediaException exception)
        {
            Log.MediaRefused(_services.Logger, Id, exception.Code, exception.Message);
        }
        catch (Exception exception)
        {
            Log.EffectFailed(_services.Logger, Id, exception);
        }
    }
}
