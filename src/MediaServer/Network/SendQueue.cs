using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Classroom.MediaServer.Network;

/// <summary>
/// Datagrams on their way out, one behind the other in unmanaged memory. Packets of equal size to one peer that follow each
/// other become a run, which the kernel cuts up (UDP_SEGMENT); a shorter packet may end a run.
/// </summary>
internal sealed unsafe class SendQueue(bool joinRuns) : IDisposable
{
    /// <summary>Most messages that fit.</summary>
    public const int MaxMessages = 256;

    private const int ArenaSize = 512 * 1024;

    // Sending at this fill keeps what was just encrypted in the processor's second-level cache.
    private const int ComfortableFill = 192 * 1024;
    private const int MaxRunBytes = 64000;
    private const int MaxRunPackets = 60;

    private readonly byte* _arena = (byte*)NativeMemory.AlignedAlloc(ArenaSize, 64);
    private readonly OutMessage* _messages = (OutMessage*)NativeMemory.AllocZeroed(MaxMessages, (nuint)sizeof(OutMessage));
    private int _used;
    private bool _runIsOpen;

    /// <summary>Datagrams to one peer.</summary>
    public struct OutMessage
    {
        public SocketAddressBytes* To;
        public byte* Data;
        public int Length;
        public int SegmentSize;
        public int Packets;
    }

    public int Count { get; private set; }

    public int Packets { get; private set; }

    public int Bytes => _used;

    public bool IsEmpty => Count == 0;

    public bool JoinRuns { get; set; } = joinRuns;

    /// <summary>Time to send: anything up to a largest packet still fits until then.</summary>
    public bool IsFull => _used > ComfortableFill || Count == MaxMessages;

    public ref OutMessage this[int index] => ref _messages[index];

    /// <summary>Room for the next packet; <see cref="Commit"/> makes it part of the queue.</summary>
    public Span<byte> Reserve() => new(_arena + _used, ArenaSize - _used);

    /// <param name="to">Stays valid until the queue is sent.</param>
    /// <param name="length">Bytes of what was reserved.</param>
    /// <param name="joins">Whether it may become part of a run.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Commit(SocketAddressBytes* to, int length, bool joins = true)
    {
        var data = _arena + _used;
        _used += length;
        Packets++;
        if (joins && TryJoin(to, length))
        {
            return;
        }

        ref var message = ref _messages[Count++];
        message.To = to;
        message.Data = data;
        message.Length = length;
        message.SegmentSize = length;
        message.Packets = 1;
        _runIsOpen = joins && JoinRuns;
    }

    /// <summary>Leaves only the first messages; their data stays where it is.</summary>
    public void Keep(int count)
    {
        Count = count;
        _runIsOpen = false;
    }

    public void Clear()
    {
        Count = 0;
        Packets = 0;
        _used = 0;
        _runIsOpen = false;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_arena);
        NativeMemory.Free(_messages);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryJoin(SocketAddressBytes* to, int length)
    {
        if (!_runIsOpen || Count == 0)
        {
            return false;
        }

        ref var last = ref _messages[Count - 1];
        if (last.To != to || length > last.SegmentSize || last.Packets >= MaxRunPackets || last.Length + length > MaxRunBytes)
        {
            return false;
        }

        last.Length += length;
        last.Packets++;
        _runIsOpen = length == last.SegmentSize;
        return true;
    }
}
