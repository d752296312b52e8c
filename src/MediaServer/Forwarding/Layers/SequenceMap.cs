using System.Runtime.CompilerServices;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>
/// Maps the numbers of a source, from which packets are left out and which is exchanged now and then, to numbers without
/// a gap, and back. What was lost on the way here keeps a place, in case it comes late.
/// </summary>
internal struct SequenceMap
{
    /// <summary>Runs that are remembered: with every second frame left out, some eight seconds.</summary>
    private const int Remembered = 128;

    private Segment[]? _past;
    private long _pastCount;
    private Segment _now;
    private long _highest;

    public bool IsStarted { readonly get; private set; }

    public readonly ref readonly Segment Now => ref Unsafe.AsRef(in _now);

    /// <summary>Highest source number that was taken or left out.</summary>
    public readonly long Highest => _highest;

    /// <summary>Highest number that was given out.</summary>
    public readonly long LastOut => _highest + _now.Offset;

    /// <summary>Begins with a source, or goes on with another one right behind the last packet.</summary>
    /// <param name="first">Its first run; <see cref="Segment.First"/> and the offsets other than the sequence's are given.</param>
    /// <param name="outSequence">Number of its first packet, for the very first source.</param>
    public void Begin(Segment first, long outSequence)
    {
        var next = IsStarted ? LastOut + 1 : outSequence;
        Push();
        IsStarted = true;
        first.LeftOutFrom = first.First;
        first.Offset = next - first.First;
        first.IsBeginning = true;
        _now = first;
        _highest = first.First - 1;
    }

    /// <summary>From this source number on other layers are let through.</summary>
    public void SetCaps(long source, LayerCaps caps)
    {
        Push();
        _now.LeftOutFrom = _now.First = source;
        _now.IsBeginning = false;
        _now.Caps = caps;
    }

    /// <summary>The next packet in order, or one after a gap, is forwarded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Take(long source)
    {
        _highest = source;
        return source + _now.Offset;
    }

    /// <summary>The next packet in order, or one after a gap, is left out.</summary>
    /// <param name="source">Its number.</param>
    /// <param name="closesGap">What is missing before it belongs to the same picture and is not wanted either.</param>
    /// <param name="pictures">Pictures that end with it for the receiver: 1 at the first packet of a picture that is left out.</param>
    public void LeaveOut(long source, bool closesGap, int pictures)
    {
        var goesOn = _now.LeftOutFrom < _now.First && _now.First == _highest + 1 && (source == _highest + 1 || closesGap);
        if (goesOn)
        {
            _now.Offset -= source - _highest;
        }
        else
        {
            Push();
            _now.IsBeginning = false;
            _now.LeftOutFrom = source;
            _now.Offset--;
        }

        _now.First = source + 1;
        _now.PictureOffset = (ushort)(_now.PictureOffset - pictures);
        _highest = source;
    }

    /// <summary>Where a late packet of the current source belongs; false when it was left out or is too old.</summary>
    public readonly bool TryFind(long source, out Segment segment)
    {
        segment = _now;
        for (var i = _pastCount; ; segment = _past![--i % Remembered])
        {
            if (source >= segment.First)
            {
                return true;
            }

            if (source >= segment.LeftOutFrom || segment.IsBeginning || i == Math.Max(0, _pastCount - Remembered))
            {
                return false;
            }
        }
    }

    /// <summary>Which packet was sent under a number.</summary>
    public readonly bool TryUnmap(ushort outSequence, out long source, out Segment segment)
    {
        var full = LastOut + (short)(outSequence - (ushort)LastOut);
        segment = _now;
        source = 0;
        if (!IsStarted || full > LastOut)
        {
            return false;
        }

        for (var i = _pastCount; full < segment.First + segment.Offset; segment = _past![--i % Remembered])
        {
            if (i == Math.Max(0, _pastCount - Remembered))
            {
                return false;
            }
        }

        source = full - segment.Offset;
        return true;
    }

    /// <summary>Forgets what was sent; numbers go on.</summary>
    public void Forget()
    {
        _pastCount = 0;
        _now.LeftOutFrom = _now.First = _highest + 1;
    }

    private void Push()
    {
        if (IsStarted)
        {
            _past ??= new Segment[Remembered];
            _past[_pastCount++ % Remembered] = _now;
        }
    }
}
