using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Network.Tcp;
using Classroom.MediaServer.Rooms;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Dtls;
using Classroom.Rtc.Sdp;
using Microsoft.Extensions.Logging;

namespace Classroom.MediaServer.Loops;

/// <summary>One thread that owns whole rooms: everything in them happens here, so nothing in them needs a lock.</summary>
internal sealed unsafe partial class MediaLoop : IDisposable
{
    /// <summary>Most packets of one publication that are forwarded together.</summary>
    public const int LargestBatch = 512;

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    // Media come at least every 20 ms and bring the tick with them: waking up for it alone is needed only when something is due.
    private static readonly TimeSpan s_quietTick = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(500);

    private readonly IDatagramPort _port;
    private readonly StreamTable? _streams;
    private readonly Thread _thread;
    private readonly ILogger _logger;
    private readonly TransportList _transports = new();
    private readonly Handover _handover;
    private readonly DatagramRouter _router;
    private MediaLoop[] _loops = [];
    private Instant _nextTick = Instant.MinValue;
    private volatile bool _stopping;

    public MediaLoop(int index, LoopPort port, LoopEnvironment environment, LoopCounters counters)
    {
        Index = index;
        _port = port.Port;
        _streams = port.Streams;
        _logger = environment.Logger;
        Clock = environment.Clock;
        Certificate = environment.Certificate;
        LoudestVoices = environment.LoudestVoices;
        Handshakes = environment.Handshakes;
        Candidates = environment.Candidates;
        Counters = counters;
        Limits = environment.Limits;
        Split = environment.Split;
        Wakes = new WakeList(environment.Loops);
        Transports = new TransportTable(index, environment.Routes, environment.Names);
        Forwarder = new Forwarder(_port, new SendQueue(_port.CanSendRuns && environment.JoinRuns), counters);
        Commands = new CommandQueue(_port.Wake);
        Observers = new ObserverList(this);
        _handover = new Handover(index, Wakes);
        _router = new DatagramRouter(Transports, Forwarder, _handover, counters);
        _thread = new Thread(Run) { IsBackground = true, Name = $"media-{index}" };
    }

    public int Index { get; }

    public MediaClock Clock { get; }

    public DtlsCertificate Certificate { get; }

    public HandshakeWorker Handshakes { get; }

    /// <summary>Microphones of a room that are forwarded at once; 0 for all.</summary>
    public int LoudestVoices { get; }

    public IReadOnlyList<LocalCandidate> Candidates { get; }

    public LoopCounters Counters { get; }

    public ServerLimits Limits { get; }

    public SplitRule Split { get; }

    public LoopLoad Load { get; } = new();

    /// <summary>The other loops of the server.</summary>
    public IReadOnlyList<MediaLoop> Others { get; private set; } = [];

    /// <summary>Other loops that must look because something was left for them.</summary>
    public WakeList Wakes { get; }

    public TransportTable Transports { get; }

    public Forwarder Forwarder { get; }

    public CommandQueue Commands { get; }

    public ObserverList Observers { get; }

    public Dictionary<string, Room> Rooms { get; } = new(StringComparer.Ordinal);

    /// <summary>What comes by another way than the port: parts of large rooms whose own loop is another, and feeds.</summary>
    public List<ILoopIntake> Intakes { get; } = [];

    public int TransportCount => _transports.Count;

    /// <summary>Something waits for the next tick: packets to ask for, padding to send.</summary>
    public bool IsTickDue { get; set; }

    private Instant NextTick => IsTickDue ? _nextTick : _nextTick + (s_quietTick - s_tick);

    public void Start(MediaLoop[] loops)
    {
        _loops = loops;
        Others = [.. loops.Where(loop => loop != this)];
        _router.Start([.. loops.Select(loop => loop._handover)]);
        _thread.Start();
    }

    /// <summary>Asks the loop to end.</summary>
    public void Stop()
    {
        _stopping = true;
        _port.Wake();
    }

    /// <summary>Waits until it has ended.</summary>
    public void Join() => _thread.Join();

    /// <summary>No loop may still run: others write to what is given back here.</summary>
    public void Dispose()
    {
        _port.Dispose();
        _handover.Dispose();
    }

    public void Wake() => _port.Wake();

    /// <summary>Takes over a TCP connection; false when it cannot be taken. From any thread.</summary>
    public bool TryAdopt(StreamConnection connection) => _streams is { } streams && Commands.TryPost(() => streams.Adopt(connection, Transports));

    public void Add(PeerTransport transport) => _transports.Add(transport);

    public void Remove(PeerTransport transport) => _transports.Remove(transport);

    /// <summary>The next turn of a watcher comes at the next tick.</summary>
    public void Hurry(PeerTransport transport)
    {
        _transports.Hurry(transport);
        IsTickDue = true;
    }

    public void Notify(Participant participant, Action<IParticipantListener> call)
    {
        if (participant.Listener is not { } listener)
        {
            return;
        }

        try
        {
            call(listener);
        }
        catch (Exception exception)
        {
            SinkFailed(exception);
        }
    }

    /// <summary>Something is one too many: counted here, told to whoever asked.</summary>
    public MediaException LimitReached(string message)
    {
        Counters.Refuse(Refusal.LimitReached);
        return new MediaException("limit_reached", message);
    }

    public void SinkFailed(Exception exception)
    {
        Counters.Refuse(Refusal.SinkFailed);
        Log.SinkFailed(_logger, exception);
    }

    private void Run()
    {
        _port.Enter();
        while (!_stopping)
        {
            try
            {
                Turn();
            }
            catch (Exception exception)
            {
                // A fault in one packet or command must not end all lessons of this loop.
                Log.TurnFailed(_logger, exception);
            }
        }

        End();
    }

    private void End()
    {
        Rooms.Values.ToList().ForEach(room => room.Close());
        Intakes.ToList().ForEach(intake => intake.Close());

        // Whoever still waits for an answer gets one: there are no rooms any more.
        Commands.Close();
        RunCommands();
        Forwarder.Send();
        Forwarder.Queue.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn()
    {
        var count = _port.Receive(Timeout());
        var now = Clock.Now;
        for (var i = 0; i < count; i++)
        {
            _router.Dispatch(_port.Datagram(i), _port.From(i), now, mayHandOver: true);
        }

        foreach (var intake in Intakes)
        {
            count += intake.Take(now);
        }

        if (count == 0 || Forwarder.Patience(now) == TimeSpan.Zero)
        {
            // Other loops begin before this one is busy with its own viewers.
            Wakes.Wake(_loops);
            Forwarder.Flush(now);
        }

        _router.TakeHandedOver(now);
        RunCommands();
        if (now >= _nextTick)
        {
            Tick(now);
        }

        Wakes.Wake(_loops);
        Forwarder.Send();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tick(Instant now)
    {
        _nextTick = now + s_tick;
        IsTickDue = false;
        _transports.Tick(now);
        foreach (var room in Rooms.Values)
        {
            room.Tick(now);
        }

        foreach (var intake in Intakes)
        {
            intake.Tick(now);
        }

        _streams?.Sweep(Transports, now);
        if (Others.Count > 0 && Load.IsDue(now))
        {
            Load.Sample(LinuxNative.ThreadTime(), _transports.Count, now);
        }
    }

    private void RunCommands()
    {
        while (Commands.TryTake(out var command))
        {
            command!();
        }
    }

    private TimeSpan Timeout()
    {
        if (_transports.Count == 0)
        {
            return s_idle;
        }

        var now = Clock.Now;
        var patience = Forwarder.Patience(now);
        var left = patience > TimeSpan.Zero ? patience : NextTick - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A turn of the media loop failed.")]
        public static partial void TurnFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "A receiver of media or media events threw.")]
        public static partial void SinkFailed(ILogger logger, Exception exception);
    }
}
