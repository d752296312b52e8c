using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Stun;

namespace Classroom.MediaServer.Network.Tcp;

/// <summary>The TCP connections of one loop: whole batches of frames in, packets of the send queue out.</summary>
internal sealed unsafe class StreamTable(LoopCounters counters) : IDisposable
{
    private const int MostReady = 32;
    private const int MostFrames = 128;
    private const int MostSilentSweeps = 10;
    private const int MostUnknownSweeps = 1;
    private static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(1);

    private readonly int _epoll = StreamNative.Create();
    private readonly Dictionary<uint, Entry> _entries = [];
    private readonly List<Entry> _unfinished = [];
    private readonly List<Entry> _watched = [];
    private readonly Frame[] _frames = new Frame[MostFrames];
    private int _count;
    private Instant _nextSweep = Instant.MinValue;

    /// <summary>Readable when a connection is.</summary>
    public int Descriptor => _epoll;

    public int Count => _entries.Count;

    /// <summary>Addresses of connections may stand in the send queue: there is, or was, one.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Frames are left over from the last batch: nothing to wait for.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Takes over a connection that has shown a check, which is still in it, and ends it when the check is for nobody here.</summary>
    public void Adopt(StreamConnection connection, TransportTable transports)
    {
        if (connection.Peek(out var frame) != FrameStatus.Complete || !StunMessage.TryParse(frame, out var check)
            || transports.FindByUsername(check.Username) is null)
        {
            counters.Refuse(Refusal.BadStream);
            connection.Dispose();
            return;
        }

        IsUsed = true;
        HasLeft = true;
        var entry = new Entry(connection) { IsUnfinished = true };
        _entries.Add(connection.Number, entry);
        _unfinished.Add(entry);
        if (!StreamNative.Watch(_epoll, connection.Descriptor, connection.Number))
        {
            Break(entry);
        }
    }

    /// <summary>Reads what is there without waiting. What was read before is gone, and so are connections that ended.</summary>
    /// <returns>Number of frames, readable until the next call.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Receive()
    {
        _count = 0;
        if (_entries.Count == 0)
        {
            return 0;
        }

        LookAfterWatched();
        TakeUnfinished();
        Span<ulong> ready = stackalloc ulong[MostReady];
        var readyCount = StreamNative.Wait(_epoll, ready, 0);
        for (var i = 0; i < readyCount && _count < MostFrames; i++)
        {
            if (_entries.TryGetValue((uint)ready[i], out var entry) && !entry.IsUnfinished)
            {
                Take(entry);
            }
        }

        HasLeft = _unfinished.Count > 0;
        return _count;
    }

    public Span<byte> Content(int index) => new(_frames[index].Data, _frames[index].Length);

    public SocketAddressBytes* From(int index) => _frames[index].From;

    /// <summary>Sends what the queue has for connections and takes it out of the queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeFrom(SendQueue queue)
    {
        var kept = 0;
        for (var i = 0; i < queue.Count; i++)
        {
            ref var message = ref queue[i];
            if (message.To->IsStream)
            {
                Send(ref message);
                continue;
            }

            queue[kept++] = message;
        }

        queue.Keep(kept);
    }

    /// <summary>Once a second: ends connections whose address no transport has any more, and those whose peer reads nothing.</summary>
    public void Sweep(TransportTable transports, Instant now)
    {
        if (now < _nextSweep || _entries.Count == 0)
        {
            return;
        }

        _nextSweep = now + s_sweep;
        foreach (var entry in _entries.Values)
        {
            if (entry.SweepIsUnknown(transports) > MostUnknownSweeps)
            {
                Break(entry);
            }
            else if (entry.SweepReadsNothing() > MostSilentSweeps)
            {
                counters.Refuse(Refusal.SlowReader);
                Break(entry);
            }
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Connection.Dispose();
        }

        _entries.Clear();
        _ = LinuxNative.Close(_epoll);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Send(ref SendQueue.OutMessage message)
    {
        if (!_entries.TryGetValue(message.To->Stream, out var entry))
        {
            // The connection ended and its transport has not chosen another yet.
            counters.Port.SendErrors++;
            return;
        }

        for (var offset = 0; offset < message.Length; offset += message.SegmentSize)
        {
            var datagram = new ReadOnlySpan<byte>(message.Data + offset, Math.Min(message.SegmentSize, message.Length - offset));
            if (!entry.Connection.TrySend(datagram))
            {
                counters.Refuse(Refusal.SlowReader);
            }
        }

        entry.Connection.Flush();
        Watch(entry);
    }

    private void Break(Entry entry)
    {
        entry.Connection.Break();
        Watch(entry);
    }

    /// <summary>Remembers a connection that has something to send or to be buried.</summary>
    private void Watch(Entry entry)
    {
        if (!entry.IsWatched && (entry.Connection.HasWaiting || entry.Connection.IsBroken))
        {
            entry.IsWatched = true;
            _watched.Add(entry);
        }
    }

    // Memory of a connection may be in the queue and in the batch: it goes only between two batches.
    private void LookAfterWatched()
    {
        for (var i = _watched.Count - 1; i >= 0; i--)
        {
            var entry = _watched[i];
            entry.Connection.Flush();
            if (entry.Connection.IsBroken)
            {
                _unfinished.Remove(entry);
                _entries.Remove(entry.Connection.Number);
                entry.Connection.Dispose();
            }
            else if (entry.Connection.HasWaiting)
            {
                continue;
            }

            entry.IsWatched = false;
            _watched.RemoveAt(i);
        }
    }

    private void TakeUnfinished()
    {
        var count = _unfinished.Count;
        for (var i = 0; i < count && _count < MostFrames; i++)
        {
            var entry = _unfinished[0];
            _unfinished.RemoveAt(0);
            entry.IsUnfinished = false;
            Take(entry);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(Entry entry)
    {
        var connection = entry.Connection;
        connection.Fill();
        var status = FrameStatus.Incomplete;
        while (_count < MostFrames && (status = connection.TryTake(out var frame)) == FrameStatus.Complete)
        {
            _frames[_count++] = new Frame(connection.From, (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(frame)), frame.Length);
        }

        if (!connection.IsBroken && connection.HasFrame)
        {
            entry.IsUnfinished = true;
            _unfinished.Add(entry);
        }

        if (status == FrameStatus.Invalid)
        {
            counters.Refuse(Refusal.BadStream);
        }

        Watch(entry);
    }

    private readonly struct Frame(SocketAddressBytes* from, byte* data, int length)
    {
        public readonly SocketAddressBytes* From = from;
        public readonly byte* Data = data;
        public readonly int Length = length;
    }

    private sealed class Entry(StreamConnection connection)
    {
        private long _sentBefore;
        private int _silentSweeps;
        private int _unknownSweeps;

        public StreamConnection Connection { get; } = connection;

        /// <summary>Has frames that the last batch had no room for.</summary>
        public bool IsUnfinished { get; set; }

        /// <summary>Is in the list of those to look after.</summary>
        public bool IsWatched { get; set; }

        /// <summary>How many sweeps in a row no transport knew the peer's address.</summary>
        public int SweepIsUnknown(TransportTable transports) =>
            _unknownSweeps = transports.Find(Connection.Peer) is null ? _unknownSweeps + 1 : 0;

        /// <summary>How many sweeps in a row the peer took nothing of what waits for it.</summary>
        public int SweepReadsNothing()
        {
            _silentSweeps = Connection.HasWaiting && Connection.Sent == _sentBefore ? _silentSweeps + 1 : 0;
            _sentBefore = Connection.Sent;
            return _silentSweeps;
        }
    }
}
