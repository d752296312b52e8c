using Classroom.MediaServer.Network;

namespace Classroom.MediaServer.Loops;

/// <summary>Where a loop finds datagrams that other loops received for it, and where it leaves theirs.</summary>
/// <param name="index">Of the loop that reads here.</param>
/// <param name="wakes">Who must look because something was left for it.</param>
internal sealed unsafe class Handover(int index, WakeList wakes) : IDisposable
{
    private readonly HandoverRing?[] _incoming = new HandoverRing?[wakes.Loops];

    /// <summary>Number of rings to look into.</summary>
    public int Count => _incoming.Length;

    /// <summary>The ring that a loop has written to; null when it never did.</summary>
    public HandoverRing? Incoming(int from) => Volatile.Read(ref _incoming[from]);

    /// <summary>Leaves a datagram with another loop; false when its ring is full.</summary>
    /// <param name="other">Of the loop that it is for.</param>
    /// <param name="datagram">Copied.</param>
    /// <param name="from">Copied.</param>
    /// <param name="loop">Index of the loop that it is for.</param>
    /// <param name="isCheck">STUN, which anybody can send, takes at most half of the places: the rest is for media.</param>
    public bool TryGive(Handover other, ReadOnlySpan<byte> datagram, SocketAddressBytes* from, int loop, bool isCheck)
    {
        wakes.Mark(loop);
        return other.RingFrom(index).TryWrite(datagram, from, isCheck ? HandoverRing.Capacity / 2 : 0);
    }

    public void Dispose() => Array.ForEach(_incoming, ring => ring?.Dispose());

    // Only the writing loop comes here, so no two make the same ring.
    private HandoverRing RingFrom(int loop)
    {
        if (Volatile.Read(ref _incoming[loop]) is { } ring)
        {
            return ring;
        }

        var made = new HandoverRing();
        Volatile.Write(ref _incoming[loop], made);
        return made;
    }
}
