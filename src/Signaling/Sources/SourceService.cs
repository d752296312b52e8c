using System.Collections.Concurrent;
using System.Threading.Channels;
using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Stations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Sources;

/// <summary>Runs the streams of appliances that open lessons want, and ends those that no lesson wants any more.</summary>
internal sealed partial class SourceService(
    LessonRooms rooms,
    StationTimetable timetable,
    IClassroomDbFactory databases,
    SourceVault vault,
    SourceProbe probe,
    IMediaServer media,
    TimeProvider time,
    IOptions<SignalingOptions> options,
    ILogger<SourceService> logger) : BackgroundService, ISourceMetrics
{
    /// <summary>Each has a process of its own, and may have to be encoded.</summary>
    private const int Most = 32;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SourceKey, Running> _running = new();
    private readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private long _losses;

    public long Losses => Interlocked.Read(ref _losses);

    public IReadOnlyDictionary<SourcePhase, int> Phases
    {
        get
        {
            var statuses = _running.Values.Select(running => running.Run.Status.Phase).ToList();
            return Enum.GetValues<SourcePhase>().Where(phase => phase != SourcePhase.Idle).ToDictionary(phase => phase, phase => statuses.Count(s => s == phase));
        }
    }

    /// <summary>How it stands with a seat's stream.</summary>
    public SourceStatus StatusOf(SourceKey key) =>
        _running.TryGetValue(key, out var running) ? running.Run.Status : new SourceStatus(SourcePhase.Idle, time.GetUtcNow().UtcDateTime);

    /// <summary>The seats of a lesson that appliances send.</summary>
    public LessonSource[] Of(string lessonId) =>
    [
        .. _running.Values.Select(running => running.Run).Where(run => run.Order.LessonId == lessonId)
            .OrderBy(run => run.Order.Key.ClassroomId, StringComparer.Ordinal).ThenBy(run => run.Order.Key.Seat)
            .Select(run => new LessonSource(run.Order.Key.ClassroomId, run.Order.Key.Seat.ToString(), run.Status)),
    ];

    /// <summary>An address was changed: it counts at once.</summary>
    public void Nudge() => _nudges.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = time.CreateTimer(_ => Nudge(), state: null, TimeSpan.Zero, s_look);
        try
        {
            await foreach (var _ in _nudges.Reader.ReadAllAsync(stoppingToken))
            {
                await TryFollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops: below, so do all streams.
        }

        await Task.WhenAll(_running.Keys.Select(EndAsync));
    }

    private async Task TryFollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var wanted = await WantedAsync(cancellationToken);
            await Task.WhenAll(_running.Where(entry => !wanted.Contains(entry.Value.Run.Order)).Select(entry => EndAsync(entry.Key)));
            foreach (var order in wanted.Where(order => !_running.ContainsKey(order.Key)).Take(Most - _running.Count))
            {
                Begin(order);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.FollowFailed(logger, exception);
        }
    }

    private async Task<HashSet<SourceOrder>> WantedAsync(CancellationToken cancellationToken)
    {
        HashSet<SourceOrder> wanted = [];
        if (rooms.All.All(room => room.IsOver))
        {
            return wanted;
        }

        await using var db = databases.Create();
        var classrooms = await db.Classrooms.AsNoTracking().Where(classroom => classroom.Sources.Count > 0)
            .Include(classroom => classroom.Sources).Include(classroom => classroom.School).ToListAsync(cancellationToken);
        foreach (var classroom in classrooms)
        {
            if (await timetable.CurrentAsync(db, classroom.Id, cancellationToken) is { } lesson && rooms.Find(lesson.Id) is not null)
            {
                wanted.UnionWith(OrdersOf(classroom, lesson.Id));
            }
        }

        return wanted;
    }

    private IEnumerable<SourceOrder> OrdersOf(ClassroomRoom classroom, string lessonId)
    {
        var seats = LessonInfoSource.SeatsOf(classroom);
        foreach (var source in classroom.Sources.Where(source => seats.Contains(source.Seat.ToString())))
        {
            if (vault.Open(source.SealedAddress) is { } address)
            {
                var name = $"{classroom.School?.ShortName} {classroom.Name} · {address.Scheme.ToUpperInvariant()}".Trim();
                yield return new SourceOrder(new SourceKey(classroom.Id, source.Seat), lessonId, address, name);
            }
        }
    }

    private void Begin(SourceOrder order)
    {
        if (rooms.Find(order.LessonId) is not { } room)
        {
            return;
        }

        var run = new SourceRun(order, new SourceGuest(order, room, media), probe, options.Value.FfmpegPath, time, logger, () => Interlocked.Increment(ref _losses));
        var stop = new CancellationTokenSource();
        _running[order.Key] = new Running(run, stop, run.RunAsync(stop.Token));
    }

    private async Task EndAsync(SourceKey key)
    {
        if (!_running.TryRemove(key, out var running))
        {
            return;
        }

        await running.Stop.CancelAsync();
        try
        {
            await running.Task;
        }
        catch (Exception exception)
        {
            Log.RunFailed(logger, running.Run.Order.LessonId, exception);
        }

        running.Stop.Dispose();
    }

    private sealed record Running(SourceRun Run, CancellationTokenSource Stop, Task Task);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The streams of appliances could not be looked after.")]
        public static partial void FollowFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Lesson {LessonId}: the stream of an appliance ended with a fault.")]
        public static partial void RunFailed(ILogger logger, string lessonId, Exception exception);
    }
}
