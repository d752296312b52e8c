using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Rooms;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Dtls;
using Classroom.Rtc.Sdp;
using Classroom.Rtc.Stun;
using Microsoft.Extensions.Logging;

namespace Classroom.MediaServer.Loops;

/// <summary>One thread that owns whole rooms: everything in them happens here, so nothing in them needs a lock.</summary>
internal sealed unsafe partial class MediaLoop
{
    /// <summary>Most packets of one publication that are forwarded together.</summary>
    public const int LargestBatch = 512;

    private const int DatagramsPerTurn = 256;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(500);

    private readonly IDatagramPort _port;
    private readonly Thread _thread;
    private readonly ILogger _logger;
    private readonly List<PeerTransport> _transports = [];
    private readonly Handover _handover;
    private MediaLoop[] _loops = [];
    private Instant _nextTick = Instant.MinValue;
    private volatile bool _stopping;

    public MediaLoop(int index, IDatagramPort port, LoopEnvironment environment, LoopCounters counters)
    {
        Index = index;
        _port = port;
        _logger = environment.Logger;
        Clock = environment.Clock;
        Certificate = environment.Certificate;
        Handshakes = environment.Handshakes;
        Candidates = environment.Candidates;
        Counters = counters;
        Transports = new TransportTable(index, environment.Routes);
        Forwarder = new Forwarder(port, new SendQueue(port.CanSendRuns && environment.JoinRuns), counters);
        Commands = new CommandQueue(port.Wake);
        Observers = new ObserverList(this);
        _handover = new Handover(index, environment.Loops);
        _thread = new Thread(Run) { IsBackground = true, Name = $"media-{index}" };
    }

    public int Index { get; }

    public MediaClock Clock { get; }

    public DtlsCertificate Certificate { get; }

    public HandshakeWorker Handshakes { get; }

    public IReadOnlyList<LocalCandidate> Candidates { get; }

    public LoopCounters Counters { get; }

    public TransportTable Transports { get; }

    public Forwarder Forwarder { get; }

    public CommandQueue Commands { get; }

    public ObserverList Observers { get; }

    public Dictionary<string, Room> Rooms { get; } = new(StringComparer.Ordinal);

    public int TransportCount => _transports.Count;

    public void Start(MediaLoop[] loops)
    {
        _loops = loops;
        _thread.Start();
    }

    public void Stop()
    {
        _stopping = true;
        _port.Wake();
        _thread.Join();
    }

    public void Wake() => _port.Wake();

    public void Add(PeerTransport transport) => _transports.Add(transport);

    public void Remove(PeerTransport transport) => _transports.Remove(transport);

    /// <summary>The peer is gone, or broke the rules: its room lets it go.</summary>
    public void OnTransportGone(PeerTransport transport) => transport.Owner.Room.OnTransportGone(transport);

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
        foreach (var room in Rooms.Values.ToArray())
        {
            room.Close();
        }

        // Whoever still waits for an answer gets one: there are no rooms any more.
        Commands.Close();
        RunCommands();
        Forwarder.Send();
        _port.Dispose();
        Forwarder.Queue.Dispose();
        _handover.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn()
    {
        var count = _port.Receive(Timeout());
        var now = Clock.Now;
        for (var i = 0; i < count; i++)
        {
            Dispatch(_port.Datagram(i), _port.From(i), now, mayHandOver: true);
        }

        Forwarder.Flush();
        TakeHandedOver(now);
        _handover.Wake(_loops);
        RunCommands();
        if (now >= _nextTick)
        {
            _nextTick = now + s_tick;
            Tick(now);
        }

        Forwarder.Send();
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

        var left = _nextTick - Clock.Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Tick(Instant now)
    {
        // Backwards, because a transport may end itself.
        for (var i = _transports.Count - 1; i >= 0; i--)
        {
            _transports[i].Tick(now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dispatch(Span<byte> datagram, SocketAddressBytes* from, Instant now, bool mayHandOver)
    {
        Counters.DatagramsIn++;
        Counters.BytesIn += datagram.Length;
        var kind = Datagram.Classify(datagram);
        if (kind == DatagramKind.Unknown)
        {
            Counters.Refuse(Refusal.UnknownDatagram);
            return;
        }

        var address = from->ToNetAddress();
        if (kind == DatagramKind.Stun)
        {
            OnStun(datagram, from, address, now, mayHandOver);
            return;
        }

        if (Transports.Find(address) is not { } transport)
        {
            HandOverOrRefuse(mayHandOver ? Transports.OtherLoop(address) : -1, datagram, from, Refusal.UnvalidatedAddress);
            return;
        }

        switch (kind)
        {
            case DatagramKind.Rtp:
                transport.OnRtp(datagram, now);
                break;
            case DatagramKind.Rtcp:
                transport.OnRtcp(datagram, now);
                break;
            default:
                transport.OnDtls(datagram);
                break;
        }
    }

    private void OnStun(Span<byte> datagram, SocketAddressBytes* from, NetAddress address, Instant now, bool mayHandOver)
    {
        if (!StunMessage.TryParse(datagram, out var message))
        {
            Counters.Refuse(Refusal.UnknownStun);
            return;
        }

        // A response carries no name; it belongs to whom the address belongs to.
        var transport = message.IsBindingRequest ? Transports.FindByUsername(message.Username) : Transports.Find(address);
        if (transport is not null)
        {
            transport.OnStun(datagram, from, address, now);
            return;
        }

        var other = message.IsBindingRequest ? TransportTable.LoopOf(message.Username) : Transports.OtherLoop(address);
        HandOverOrRefuse(mayHandOver && other != Index ? other : -1, datagram, from, Refusal.UnknownStun);
    }

    private void HandOverOrRefuse(int loop, Span<byte> datagram, SocketAddressBytes* from, Refusal reason)
    {
        if (loop < 0 || loop >= _loops.Length)
        {
            Counters.Refuse(reason);
            return;
        }

        if (!_handover.TryGive(_loops[loop]._handover, datagram, from, loop))
        {
            Counters.Refuse(Refusal.HandoverFull);
        }
    }

    private void TakeHandedOver(Instant now)
    {
        for (var i = 0; i < _handover.Count; i++)
        {
            if (_handover.Incoming(i) is not { } ring)
            {
                continue;
            }

            var taken = 0;
            for (; taken < DatagramsPerTurn && ring.TryPeek(taken, out var datagram, out var from); taken++)
            {
                Dispatch(datagram, from, now, mayHandOver: false);
            }

            if (taken > 0)
            {
                // The answers in the queue point at the ring's addresses: they leave before the ring goes on.
                Forwarder.Flush();
                ring.Advance(taken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A turn of the media loop failed.")]
        public static partial void TurnFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "A receiver of media or media events threw.")]
        public static partial void SinkFailed(ILogger logger, Exception exception);
    }
}
