using Classroom.Data;
using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Talk;

namespace Classroom.Signaling.Live.Picture;

/// <summary>The pictures of a lesson: what it allows, how they lie, who is shown, and what the lines do not carry.</summary>
internal sealed class LessonPicture(ILessonFloor floor) : ILessonPart
{
    /// <summary>Places of the fullest layout.</summary>
    public const int MostPlaces = 9;
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(3);

    // A school's tablets may take this part of a ceiling that somebody has set for the school.
    private const int TabletPart = 5;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private RoomStatistics? _statistics;
    private DateTimeOffset _measuredAt;
    private DateTimeOffset _nextLines;

    private LiveState State => floor.State;

    /// <summary>The lesson opens, opens again, or its plan was changed: what it allows is told if that is news.</summary>
    public void TellSettings()
    {
        var settings = RoomKindDefaults.Of(floor.Lesson);
        if (!State.Picture.IsTold || State.Picture.Settings != settings)
        {
            Tell(TimelineEntry.Server, settings, key: null);
        }
    }

    public Task<Ack> ChangeSettingsAsync(string who, string key, LessonSettings? settings) => floor.CommandAsync(who, key, _ =>
    {
        if (!RoomKindDefaults.IsValid(settings))
        {
            throw new Refusal(Refusal.BadRequest);
        }

        return Change(who, settings!, key);
    });

    public Task<Ack> ArrangeAsync(string who, string key, PictureArrangement? arrangement) => floor.CommandAsync(who, key, person =>
    {
        floor.DemandLead(person);
        if (arrangement is null || !Enum.IsDefined(arrangement.Layout) || arrangement.Beside is not { Length: < MostPlaces })
        {
            throw new Refusal(Refusal.BadRequest);
        }

        foreach (var seat in arrangement.Beside)
        {
            DemandPicture(seat);
        }

        var stage = arrangement.Stage;
        if (stage is not null && !IsStaged(stage))
        {
            DemandPicture(stage);
        }

        ChosenByHand(who);
        var seq = floor.Emit(who, PictureEvents.Layout, new LayoutBody(arrangement.Layout, arrangement.Beside), key: key);
        if (stage is null ? State.Stage is not null : !IsStaged(stage))
        {
            Show(who, stage);
        }

        return seq;
    });

    /// <summary>A seat that the teacher chose stays: whoever speaks does not take its place any more.</summary>
    public void ChosenByHand(string who)
    {
        if (State.Picture.Settings.Stage == StageMode.Speaker)
        {
            Change(who, State.Picture.Settings with { Stage = StageMode.Teacher }, key: null);
        }
    }

    /// <summary>Somebody has the floor: speaks just now, so the picture may follow at once.</summary>
    public void Spoken()
    {
        if (SpeakerStage.Next(State, floor.ClockNow) is { } seat)
        {
            Show(TimelineEntry.Server, seat);
        }
    }

    /// <summary>Of these publications, those that this one's page may take: tablets show video as far as the lesson and their room's line allow.</summary>
    public string[] Watchable(string participantId, string[] publicationIds) =>
        State.People.TryGetValue(participantId, out var person) && TabletBudget.MayWatch(State, person)
            ? publicationIds
            : [.. publicationIds.Where(id => !State.Publications.TryGetValue(id, out var publication) || publication.Kind != nameof(MediaKind.Video))];

    public void Tick()
    {
        FollowSpeaker();
        KeepBudget();
        WatchLines();
    }

    /// <summary>Who took the floor while the picture before had to stay: shown if still speaking, never a room that is silent again.</summary>
    private void FollowSpeaker()
    {
        if (SpeakerStage.Next(State, floor.ClockNow) is not { } seat || floor.ClockNow - State.Picture.SpeakerAt > 3 * SpeakerStage.Hold)
        {
            return;
        }

        if (floor.Now - _measuredAt < Fresh && _statistics?.Publications.Any(p => p.IsSpeaking && p.ParticipantId == seat.ParticipantId) == true)
        {
            Show(TimelineEntry.Server, seat);
        }

        Measure();
    }

    private void KeepBudget()
    {
        var closed = TabletBudget.Closed(State, BudgetOf);
        if (!closed.SequenceEqual(State.Picture.Closed))
        {
            floor.Emit(TimelineEntry.Server, PictureEvents.Budget, new BudgetBody(closed));
        }
    }

    private int BudgetOf(string classroomId) =>
        floor.Lesson.Classrooms.Find(link => link.ClassroomId == classroomId)?.Classroom?.School?.LineKbps is { } line ? line / TabletPart : TabletBudget.RoomKbps;

    private void WatchLines()
    {
        if (floor.Now < _nextLines)
        {
            return;
        }

        _nextLines = floor.Now + LineEvery;
        var limits = floor.Attached
            .Where(attachment => attachment is { IsConnected: true, Role: LessonRole.Station or LessonRole.Teacher, Limits.Count: > 0 })
            .ToDictionary(attachment => attachment.ParticipantId, attachment => attachment.Limits);
        foreach (var line in LineWatch.Look(floor.Lesson, State, limits, _statistics))
        {
            State.Picture.Lines.TryGetValue(line.ClassroomId, out var before);
            if (LineWatch.Differs(before, line))
            {
                floor.Emit(TimelineEntry.Server, PictureEvents.Line, line, TimelineEntry.Staff);
            }
        }

        if (limits.Count > 0)
        {
            Measure();
        }
    }

    // Numbers for the next tick: the reader does not wait for the media.
    private void Measure() => floor.After(async () =>
    {
        _statistics = await floor.Media.GetStatisticsAsync(floor.Lesson.Id, CancellationToken.None);
        _measuredAt = floor.Now;
    });

    private long Change(string who, LessonSettings settings, string? key)
    {
        floor.Change(lesson => lesson.Settings = RoomKindDefaults.Changed(lesson.Kind, settings));
        return Tell(who, settings, key);
    }

    private long Tell(string who, LessonSettings settings, string? key)
    {
        var before = State.Picture.Settings.Chat;
        var seq = floor.Emit(who, PictureEvents.Settings, settings, key: key);
        if (settings.Chat != before)
        {
            floor.Emit(who, TalkEvents.ChatMode, new ChatModeBody(ModeOf(settings.Chat)));
        }

        return seq;
    }

    private static string ModeOf(ChatMode chat) => chat switch
    {
        ChatMode.Everyone => ChatModes.Open,
        ChatMode.TeacherOnly => ChatModes.Teacher,
        _ => ChatModes.Off,
    };

    private void Show(string who, StageTarget? seat)
    {
        floor.Emit(who, EventKinds.Stage, new StageBody(seat?.ParticipantId, seat?.Group));
        foreach (var video in State.Publications.Values.Where(p => seat is not null && p.ParticipantId == seat.ParticipantId && p.Group == seat.Group && p.Kind == nameof(MediaKind.Video)))
        {
            floor.Media.RequestKeyframe(floor.Lesson.Id, video.PublicationId);
        }
    }

    private bool IsStaged(StageTarget seat) => State.Stage is { } stage && stage.ParticipantId == seat.ParticipantId && stage.Group == seat.Group;

    private void DemandPicture(StageTarget? seat)
    {
        if (seat is not null)
        {
            floor.DemandHere(seat.ParticipantId ?? "");
            if (!State.Publications.Values.Any(p => p.ParticipantId == seat.ParticipantId && p.Group == seat.Group))
            {
                throw new Refusal(Refusal.UnknownSeat);
            }
        }
    }
}
