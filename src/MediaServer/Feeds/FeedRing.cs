using System.Runtime.CompilerServices;

namespace Classroom.MediaServer.Feeds;

/// <summary>
/// Packets on their way from the thread that brings them to the loop that forwards them. One writes, one reads; nothing is
/// locked or allocated. The memory is the collector's, because either side may be the first to end.
/// </summary>
internal sealed class FeedRing
{
    /// <summary>Packets that fit: a key frame of a megabyte comes at once.</summary>
    public const int Capacity = 1024;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity * FeedFormat.LongestPacket);
    private readonly int[] _lengths = new int[Capacity];
    private long _written;
    private long _read;

    /// <summary>False when there is no place.</summary>
    /// <param name="packet">Copied; at most <see cref="FeedFormat.LongestPacket"/>.</param>
    /// <param name="isFirst">The reader has nothing else to do, and perhaps sleeps.</param>
    public bool TryWrite(ReadOnlySpan<byte> packet, out bool isFirst)
    {
        isFirst = false;
        if (_written - Volatile.Read(ref _read) >= Capacity)
        {
            return false;
        }

        var place = (int)(_written % Capacity);
        packet.CopyTo(_bytes.AsSpan(place * FeedFormat.LongestPacket));
        _lengths[place] = packet.Length;

        // Both sides first tell and then look, so that not both can miss the other.
        Interlocked.Exchange(ref _written, _written + 1);
        isFirst = Volatile.Read(ref _read) == _written - 1;
        return true;
    }

    /// <summary>The oldest packet; it stays until <see cref="Advance"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryPeek(out Span<byte> packet)
    {
        packet = default;
        if (_read >= Volatile.Read(ref _written))
        {
            return false;
        }

        var place = (int)(_read % Capacity);
        packet = _bytes.AsSpan(place * FeedFormat.LongestPacket, _lengths[place]);
        return true;
    }

    public void Advance() => Interlocked.Exchange(ref _read, _read + 1);
}
