using System.Runtime.InteropServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>Further copies of repeats, which leave a little later each: what takes one should not take the next.</summary>
internal sealed class CopyQueue
{
    private const int Capacity = 256;

    // A turn of the loop.
    private static readonly TimeSpan s_spacing = TimeSpan.FromMilliseconds(10);
    private Copy[]? _queue;
    private int _first;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>Takes note of copies of a packet that has just been sent again; those that find no place are left out.</summary>
    /// <param name="tag">Of the packet.</param>
    /// <param name="copies">To follow; may be 0.</param>
    /// <param name="now">Time.</param>
    public void Add(uint tag, int copies, Instant now)
    {
        if (copies <= 0 || _count == Capacity)
        {
            return;
        }

        // Most lines never need it: made at the first use.
        _queue ??= new Copy[Capacity];
        _queue[(_first + _count++) % Capacity] = new Copy(tag, copies, now + s_spacing);
    }

    /// <summary>The next copy whose time has come.</summary>
    public bool TryTake(Instant now, out uint tag)
    {
        tag = 0;
        if (_count == 0 || _queue![_first].Due > now)
        {
            return false;
        }

        var copy = _queue[_first];
        _first = (_first + 1) % Capacity;
        _count--;
        tag = copy.Tag;
        Add(tag, copy.Left - 1, now);
        return true;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Copy(uint Tag, int Left, Instant Due);
}
