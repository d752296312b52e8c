using System.Collections.Concurrent;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Network.Tcp;
using Classroom.MediaServer.Rooms;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Dtls;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.MediaServer.Loops;

/// <summary>Opens the port and runs the loops; knows which loop a room lives on.</summary>
internal sealed partial class MediaLoops : IHostedService, IAsyncDisposable
{
    private const int MaxLoops = 256;

    private readonly MediaOptions _options;
    private readonly ILogger<MediaLoops> _logger;
    private readonly HandshakeWorker _handshakes;
    private readonly ServerLimits _limits;
    private readonly DtlsCertificate _certificate = DtlsCertificate.Create();
    private readonly ConcurrentDictionary<NetAddress, int> _routes = new();
    private readonly ConcurrentDictionary<ulong, int> _names = new();
    private readonly ConcurrentDictionary<string, MediaLoop> _rooms = new(StringComparer.Ordinal);
    private readonly List<IRoomObserver> _early = [];
    private MediaLoop[] _loops = [];
    private TcpEntrance? _entrance;
    private int _port;

    public MediaLoops(IOptions<MediaOptions> options, TimeProvider time, ILogger<MediaLoops> logger)
    {
        _options = options.Value;
        _logger = logger;
        Clock = new MediaClock(time);
        _limits = new ServerLimits(_options);
        _handshakes = new HandshakeWorker(Clock, logger);
    }

    public MediaClock Clock { get; }

    /// <summary>Binds the port; anything that uses the media plane may run from then on.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var count = Math.Min(OperatingSystem.IsLinux() ? LoopCount() : 1, MaxLoops);
        var counters = Enumerable.Range(0, count).Select(_ => new LoopCounters()).ToArray();
        var ports = MediaPorts.Open(_options.Port, _options.Tcp, NetworkAddresses.AreSeveral(_options.PublicAddresses), counters);
        _port = ports.Port;
        var candidates = NetworkAddresses.Candidates(_options.PublicAddresses, _port, ports.Listener is not null);
        var environment = new LoopEnvironment(ports.Loops.Count, Clock, _certificate, _handshakes, candidates, _routes, _names, _options.JoinRuns, _options.LoudestVoices,
            new SplitRule(_options.SplitAbove / 100.0, _options.SplitFrom), _limits, _logger);
        var loops = ports.Loops.Select((port, i) => new MediaLoop(i, port, environment, counters[i])).ToArray();
        _handshakes.Start();
        Array.ForEach(loops, loop => loop.Start(loops));
        lock (_early)
        {
            _loops = loops;
            _early.ForEach(observer => PostToAll(loop => loop.Observers.Add(observer)));
        }

        if (ports.Listener is { } listener)
        {
            _entrance = new TcpEntrance(listener, _names, (loop, connection) => loops[loop].TryAdopt(connection), Clock);
            _entrance.Start();
        }

        Log.Listening(_logger, _port, loops.Length, string.Join(", ", candidates.Select(c => c.IsTcp ? c.Address + " by TCP" : c.Address)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        var loops = Interlocked.Exchange(ref _loops, []);
        if (loops.Length == 0)
        {
            return Task.CompletedTask;
        }

        _entrance?.Dispose();
        Array.ForEach(loops, loop => loop.Stop());
        Array.ForEach(loops, loop => loop.Join());
        Array.ForEach(loops, loop => loop.Dispose());
        _rooms.Clear();
        _handshakes.Dispose();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _certificate.Dispose();
    }

    public MediaLoop? Find(string roomId) => _rooms.GetValueOrDefault(roomId);

    public bool IsOpen(string roomId) => _rooms.ContainsKey(roomId);

    public async Task OpenAsync(string roomId, CancellationToken cancellationToken)
    {
        if (_loops.Length == 0)
        {
            throw new MediaException("closed", "The media plane is not running.");
        }

        if (_rooms.Count >= _limits.MostRooms && !_rooms.ContainsKey(roomId))
        {
            throw new MediaException("limit_reached", "The server has as many rooms as it may.");
        }

        var loop = _rooms.GetOrAdd(roomId, _ => LeastLoaded());
        await loop.Commands.InvokeAsync(() => Open(loop, roomId), cancellationToken);
    }

    public async Task CloseAsync(string roomId, CancellationToken cancellationToken)
    {
        if (_rooms.TryRemove(roomId, out var loop))
        {
            foreach (var branch in await loop.Commands.InvokeAsync(() => Close(loop, roomId), cancellationToken))
            {
                await branch.Commands.InvokeAsync(() => true, cancellationToken);
            }
        }
    }

    public IDisposable Observe(IRoomObserver observer)
    {
        lock (_early)
        {
            _early.Add(observer);
            PostToAll(loop => loop.Observers.Add(observer));
        }

        return new Detachment(() => Forget(observer));
    }

    public MediaCounters Snapshot()
    {
        var loops = _loops;
        var refused = Enum.GetValues<Refusal>().ToDictionary(reason => reason, reason => loops.Sum(l => l.Counters.Refused(reason)) + (_entrance?.Counters.Refused(reason) ?? 0));
        return new MediaCounters(
            _port,
            _rooms.Count,
            loops.Sum(l => l.TransportCount),
            _entrance?.Count ?? 0,
            loops.Sum(l => l.Counters.DatagramsIn),
            loops.Sum(l => l.Counters.BytesIn),
            loops.Sum(l => l.Counters.PacketsOut),
            loops.Sum(l => l.Counters.BytesOut),
            loops.Sum(l => l.Counters.MessagesOut),
            loops.Sum(l => l.Counters.Repeated),
            loops.Sum(l => l.Counters.Port.SendErrors),
            loops.Sum(l => l.Counters.Port.RunsRefused),
            refused)
        {
            Repaired = loops.Sum(l => l.Counters.Repaired),
            RepairedInVain = loops.Sum(l => l.Counters.RepairedInVain),
            BroughtBack = loops.Sum(l => l.Counters.BroughtBack),
            Loops = [.. loops.Select(l => new LoopFigures(l.Load.Busy, l.Counters.PacketsOut, l.Counters.Relayed))],
        };
    }

    private static bool Open(MediaLoop loop, string roomId)
    {
        if (loop.Rooms.TryAdd(roomId, new Room(roomId, loop)))
        {
            loop.Observers.Tell(o => o.OnRoomOpened(roomId));
        }

        return true;
    }

    /// <returns>Loops of branches, which close after what they were told.</returns>
    private static IReadOnlyList<MediaLoop> Close(MediaLoop loop, string roomId) => loop.Rooms.GetValueOrDefault(roomId)?.Close() ?? [];

    private int LoopCount() => _options.Loops > 0 ? _options.Loops : Environment.ProcessorCount;

    // What a room will cost nobody knows before it is full: rooms are counted, and loops that are busy come last.
    private MediaLoop LeastLoaded() => _loops.MinBy(loop => (loop.Load.Busy >= BranchList.Comfortable, _rooms.Values.Count(l => l == loop)))!;

    private void Forget(IRoomObserver observer)
    {
        lock (_early)
        {
            _early.Remove(observer);
            PostToAll(loop => loop.Observers.Remove(observer));
        }
    }

    private void PostToAll(Action<MediaLoop> action)
    {
        foreach (var loop in _loops)
        {
            loop.Commands.TryPost(() => action(loop));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Media on port {Port}, {Loops} loops, candidates {Candidates}.")]
        public static partial void Listening(ILogger logger, int port, int loops, string candidates);
    }
}
