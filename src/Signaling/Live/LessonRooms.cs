using System.Collections.Concurrent;
using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Live.Board;
using Classroom.Signaling.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Live;

/// <summary>The open lessons of this node. At start it opens again what was open when the process ended.</summary>
internal sealed partial class LessonRooms(
    IClassroomDbFactory databases,
    IMediaServer media,
    JoinTokens tokens,
    TurnCredentials turn,
    Pins pins,
    KnowledgePointsOf points,
    DocumentSource documents,
    TimeProvider time,
    IOptions<SignalingOptions> options,
    ILogger<LessonRooms> logger) : IHostedService
{
    private const int MostAdhocRooms = 64;
    private readonly ConcurrentDictionary<string, LessonRoom> _rooms = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly RoomServices _services = new(media, tokens, turn, time, options.Value, logger, documents);

    public IReadOnlyCollection<LessonRoom> All => [.. _rooms.Values];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var open = await db.Lessons
            .Where(lesson => lesson.State == LessonState.Open || lesson.State == LessonState.Live || (lesson.State == LessonState.Planned && lesson.IsAlwaysOpen))
            .Select(lesson => lesson.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in open)
        {
            await OpenAsync(id, cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // The lessons stay open in the database: the next process goes on with them.
        foreach (var room in _rooms.Values)
        {
            await room.DisposeAsync();
        }
    }

    /// <summary>The open room; null when the lesson is not open.</summary>
    public LessonRoom? Find(string lessonId) => _rooms.TryGetValue(lessonId, out var room) && !room.IsOver ? room : null;

    /// <summary>The open room, or a new ad hoc room where those are allowed and the token is for any lesson.</summary>
    public async Task<LessonRoom?> FindOrOpenAdhocAsync(string lessonId, JoinGrant grant, CancellationToken cancellationToken)
    {
        if (Find(lessonId) is { } room)
        {
            return room;
        }

        if (!options.Value.AdhocLessons || grant.LessonId != JoinGrant.AnyLesson || lessonId.Length > 64)
        {
            return null;
        }

        await using var db = databases.Create();
        return await db.Lessons.AnyAsync(lesson => lesson.Id == lessonId, cancellationToken)
            ? null
            : await OpenAdhocAsync(lessonId, cancellationToken);
    }

    /// <summary>Opens a planned lesson (or finds it open). Null when it can not be opened any more.</summary>
    public async Task<LessonRoom?> OpenAsync(string lessonId, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (Find(lessonId) is { } open)
            {
                return open;
            }

            var store = new DatabaseTimeline(databases);
            var lesson = await store.LoadLessonAsync(lessonId, cancellationToken);
            if (lesson is null or { State: LessonState.Ended or LessonState.Cancelled })
            {
                return null;
            }

            var info = new LessonInfoSource(await points.ReadAsync(lesson.ChapterNodeId, cancellationToken));
            var room = await LessonRoom.LoadAsync(lesson, info, store, _services, cancellationToken);
            await room.OpenAsync(cancellationToken);
            return _rooms[lessonId] = room;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>A plan was changed: an open room shows it to those who come from now on.</summary>
    public async Task RefreshAsync(string lessonId, CancellationToken cancellationToken)
    {
        if (Find(lessonId) is { } room && await new DatabaseTimeline(databases).LoadLessonAsync(lessonId, cancellationToken) is { } lesson)
        {
            await room.RefreshAsync(lesson, new LessonInfoSource(await points.ReadAsync(lesson.ChapterNodeId, cancellationToken)));
        }
    }

    /// <summary>A PIN that nobody has, for the teacher who lets the old one expire.</summary>
    public Task<string> NewPinAsync(CancellationToken cancellationToken) => pins.NewAsync(cancellationToken);

    public async Task TickAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, room) in _rooms)
        {
            if (room.IsOver)
            {
                _rooms.TryRemove(id, out _);
                await room.DisposeAsync();
                continue;
            }

            try
            {
                await room.TickAsync().WaitAsync(cancellationToken);
            }
            catch (Refusal refusal)
            {
                Log.TickRefused(logger, id, refusal.Code);
            }
        }
    }

    /// <summary>A room that is in no plan and leaves nothing behind, once <see cref="LessonRoom.CancelAsync"/> has closed it; nor in the log, where whoever rehearses says what is of use.</summary>
    public async Task<LessonRoom> OpenRehearsalAsync(string lessonId, CancellationToken cancellationToken) =>
        _rooms[lessonId] = await OpenUnkeptAsync(lessonId, isAlwaysOpen: false, _services with { Logger = NullLogger.Instance }, cancellationToken);

    private async Task<LessonRoom> OpenAdhocAsync(string lessonId, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (Find(lessonId) is { } open)
            {
                return open;
            }

            if (_rooms.Count >= MostAdhocRooms)
            {
                throw new Refusal(Refusal.RoomFull);
            }

            return _rooms[lessonId] = await OpenUnkeptAsync(lessonId, isAlwaysOpen: true, _services, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<LessonRoom> OpenUnkeptAsync(string lessonId, bool isAlwaysOpen, RoomServices services, CancellationToken cancellationToken)
    {
        // Where it is not always open it is closed long before its bell: that would ring, and begin to record.
        var now = time.GetUtcNow().UtcDateTime;
        var bell = isAlwaysOpen ? now : now.AddHours(1);
        var lesson = new Lesson { Id = lessonId, Title = lessonId, State = LessonState.Open, IsAlwaysOpen = isAlwaysOpen, PlannedStart = bell, PlannedEnd = bell, OpenedAt = now };
        var room = await LessonRoom.LoadAsync(lesson, new LessonInfoSource([]), new NoTimeline(lesson), services, cancellationToken);
        await room.OpenAsync(cancellationToken);
        return room;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Lesson {LessonId}: the clock's work was refused ({Code}).")]
        public static partial void TickRefused(ILogger logger, string lessonId, string code);
    }
}
