using Classroom.Rtc;

namespace Classroom.VirtualNetwork;

/// <summary>
/// How Chromium asks for lost packets of a picture (libwebrtc, modules/video_coding/nack_requester.cc): at once when a later
/// packet shows the gap, then again whenever a round trip has passed, looked at every 20 ms, ten times at most; and no more
/// when a later frame has been decoded. A connection that only receives does not learn its round trip and takes 100 ms.
/// </summary>
internal sealed class NackRequests
{
    private const int MostTries = 10;
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);
    private readonly SortedDictionary<long, Ask> _missing = [];
    private Instant _nextLook = new(0);
    private long _newest = -1;

    /// <summary>Notes an arrival, and the gap in front of it.</summary>
    /// <param name="number">Of the packet in its stream.</param>
    /// <param name="now">Time.</param>
    /// <param name="due">Takes what is asked for now.</param>
    public void OnPacket(long number, Instant now, List<ushort> due)
    {
        _missing.Remove(number);
        if (_newest < 0)
        {
            _newest = number;
        }

        while (_newest < number)
        {
            if (++_newest < number)
            {
                _missing.Add(_newest, new Ask(now, 1));
                due.Add((ushort)_newest);
            }
        }
    }

    /// <summary>What is asked for again now.</summary>
    public void Step(Instant now, List<ushort> due)
    {
        if (now < _nextLook)
        {
            return;
        }

        _nextLook = now + s_interval;
        foreach (var (number, ask) in _missing.Where(m => now - m.Value.At >= s_again).ToArray())
        {
            due.Add((ushort)number);
            _missing[number] = new Ask(now, ask.Tries + 1);
            if (ask.Tries + 1 >= MostTries)
            {
                _missing.Remove(number);
            }
        }
    }

    /// <summary>Packets before this one are of no use any more.</summary>
    public void ClearUpTo(long number)
    {
        foreach (var old in _missing.Keys.TakeWhile(m => m < number).ToArray())
        {
            _missing.Remove(old);
        }
    }

    private readonly record struct Ask(Instant At, int Tries);
}
