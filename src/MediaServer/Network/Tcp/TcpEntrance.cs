using System.Collections.Concurrent;
using System.Net.Sockets;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Stun;

namespace Classroom.MediaServer.Network.Tcp;

/// <summary>
/// Accepts TCP connections on a thread of its own and keeps them until they have sent one whole check (a STUN Binding
/// request in a frame), whose username names the loop that takes them over. So strangers cost the media loops nothing.
/// </summary>
internal sealed class TcpEntrance : IDisposable
{
    /// <summary>A whole lesson behind one address, each tablet with a few connections.</summary>
    public const int MostOfOneAddress = 512;

    public const int MostConnections = 2048;

    /// <summary>Connections that have shown nothing yet; a further one takes the place of the oldest.</summary>
    public const int MostWaiting = 256;

    private const ulong ListenerNumber = ulong.MaxValue;
    private const int AcceptsPerPause = 16;
    private const int LongestWaitMs = 250;

    // At most 800 new connections a second: the rest waits in the system's queue, which is bounded too.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_firstFrameLimit = TimeSpan.FromSeconds(5);

    private readonly Socket _listener;
    private readonly int _descriptor;
    private readonly ConcurrentDictionary<ulong, int> _names;
    private readonly Func<int, StreamConnection, bool> _handOver;
    private readonly IMediaClock _clock;
    private readonly Thread _thread;
    private readonly int _epoll = StreamNative.Create();
    private readonly Dictionary<ulong, StreamConnection> _waiting = [];
    private readonly Queue<(ulong Number, Instant Until)> _deadlines = [];
    private readonly ConnectionLimits _limits = new(MostConnections, MostOfOneAddress);
    private Instant _acceptsAgain = Instant.MinValue;
    private bool _listens;
    private uint _last;
    private volatile bool _stopping;

    /// <param name="listener">Listening and non-blocking; closed at the end.</param>
    /// <param name="names">Username fragment of ours → loop.</param>
    /// <param name="handOver">Gives a connection to a loop; false when the loop cannot take it.</param>
    public TcpEntrance(Socket listener, ConcurrentDictionary<ulong, int> names, Func<int, StreamConnection, bool> handOver, IMediaClock clock)
    {
        _listener = listener;
        _descriptor = (int)listener.Handle;
        _names = names;
        _handOver = handOver;
        _clock = clock;
        _thread = new Thread(Run) { IsBackground = true, Name = "media-tcp" };
    }

    public LoopCounters Counters { get; } = new();

    /// <summary>Connections here and on the loops.</summary>
    public int Count => _limits.Count;

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stopping = true;
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        foreach (var connection in _waiting.Values)
        {
            connection.Dispose();
        }

        _waiting.Clear();
        _ = LinuxNative.Close(_epoll);
        _listener.Dispose();
    }

    private void Run()
    {
        Span<ulong> ready = stackalloc ulong[64];
        while (!_stopping)
        {
            var now = _clock.Now;
            Listen(now);
            var count = StreamNative.Wait(_epoll, ready, _listens ? LongestWaitMs : (int)s_pause.TotalMilliseconds);
            now = _clock.Now;
            foreach (var number in ready[..count])
            {
                if (number == ListenerNumber)
                {
                    AcceptSome(now);
                }
                else if (_waiting.TryGetValue(number, out var connection))
                {
                    Read(connection);
                }
            }

            EndLate(now);
        }
    }

    private void Listen(Instant now)
    {
        if (!_listens && now >= _acceptsAgain)
        {
            _listens = StreamNative.Watch(_epoll, _descriptor, ListenerNumber);
        }
    }

    private void AcceptSome(Instant now)
    {
        for (var i = 0; i < AcceptsPerPause; i++)
        {
            var descriptor = StreamNative.Accept(_descriptor, out var from);
            if (descriptor >= 0)
            {
                Admit(descriptor, from.ToNetAddress(), now);
            }
            else if (StreamNative.LastErrorIsAgain)
            {
                return;
            }
        }

        // Also when the system is out of descriptors: it would call again at once.
        StreamNative.Unwatch(_epoll, _descriptor);
        _listens = false;
        _acceptsAgain = now + s_pause;
    }

    private void Admit(int descriptor, NetAddress peer, Instant now)
    {
        if (!_limits.TryEnter(peer))
        {
            Counters.Refuse(Refusal.TooManyStreams);
            _ = LinuxNative.Close(descriptor);
            return;
        }

        if (_waiting.Count == MostWaiting)
        {
            EndOldestWaiting();
        }

        var connection = new StreamConnection(descriptor, ++_last, peer, _limits);
        _waiting.Add(connection.Number, connection);
        _deadlines.Enqueue((connection.Number, now + s_firstFrameLimit));
        if (!StreamNative.Watch(_epoll, descriptor, connection.Number))
        {
            End(connection);
        }
    }

    private void Read(StreamConnection connection)
    {
        connection.Fill();
        switch (connection.Peek(out var frame))
        {
            case FrameStatus.Incomplete when !connection.IsBroken:
                break;
            case FrameStatus.Incomplete:
                // Left before it said anything, as browsers do with the slower of two ways.
                End(connection);
                break;
            case FrameStatus.Complete when LoopOf(frame) is var loop and >= 0:
                StreamNative.Unwatch(_epoll, connection.Descriptor);
                _waiting.Remove(connection.Number);
                if (!_handOver(loop, connection))
                {
                    connection.Dispose();
                }

                break;
            default:
                Counters.Refuse(Refusal.BadStream);
                End(connection);
                break;
        }
    }

    private int LoopOf(ReadOnlySpan<byte> frame)
    {
        if (!StunMessage.TryParse(frame, out var message) || !message.IsBindingRequest)
        {
            return -1;
        }

        return TransportTable.TryGetKey(message.Username, out var key) && _names.TryGetValue(key, out var loop) ? loop : -1;
    }

    private void EndLate(Instant now)
    {
        while (_deadlines.TryPeek(out var first) && first.Until <= now)
        {
            _deadlines.Dequeue();
            if (_waiting.TryGetValue(first.Number, out var connection))
            {
                Counters.Refuse(Refusal.BadStream);
                End(connection);
            }
        }
    }

    private void EndOldestWaiting()
    {
        while (_deadlines.TryDequeue(out var first))
        {
            if (_waiting.TryGetValue(first.Number, out var connection))
            {
                Counters.Refuse(Refusal.TooManyStreams);
                End(connection);
                return;
            }
        }
    }

    private void End(StreamConnection connection)
    {
        _waiting.Remove(connection.Number);
        connection.Dispose();
    }
}
