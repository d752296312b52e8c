using System.Runtime.InteropServices;
using Classroom.MediaServer.Network;

namespace Classroom.MediaServer.Loops;

/// <summary>
/// Datagrams that arrived on one loop and belong to another. One thread writes, one reads; when it is full the datagram is
/// lost and counted, as it would be in the system's own queue.
/// </summary>
internal sealed unsafe class HandoverRing : IDisposable
{
    /// <summary>Datagrams that fit: some tenths of a second of a full room's publishers, should the other loop not run.</summary>
    public const int Capacity = 512;

    private const int SlotSize = 1536;

    private readonly byte* _data = (byte*)NativeMemory.AlignedAlloc(Capacity * SlotSize, 64);
    private readonly SocketAddressBytes* _from = (SocketAddressBytes*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(SocketAddressBytes));
    private readonly int[] _lengths = new int[Capacity];
    private long _written;
    private long _read;

    /// <param name="datagram">Copied.</param>
    /// <param name="from">Copied.</param>
    /// <param name="leaves">Places that must stay free for others.</param>
    public bool TryWrite(ReadOnlySpan<byte> datagram, SocketAddressBytes* from, int leaves = 0)
    {
        if (_written - Volatile.Read(ref _read) >= Capacity - leaves)
        {
            return false;
        }

        var slot = (int)(_written % Capacity);
        datagram.CopyTo(new Span<byte>(_data + (slot * SlotSize), SlotSize));
        _from[slot] = *from;
        _lengths[slot] = datagram.Length;
        Volatile.Write(ref _written, _written + 1);
        return true;
    }

    /// <summary>The oldest datagram; it stays valid until <see cref="Advance"/>.</summary>
    public bool TryPeek(int ahead, out Span<byte> datagram, out SocketAddressBytes* from)
    {
        datagram = default;
        from = null;
        if (_read + ahead >= Volatile.Read(ref _written))
        {
            return false;
        }

        var slot = (int)((_read + ahead) % Capacity);
        datagram = new Span<byte>(_data + (slot * SlotSize), _lengths[slot]);
        from = _from + slot;
        return true;
    }

    public void Advance(int count) => Volatile.Write(ref _read, _read + count);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        NativeMemory.Free(_from);
    }
}
