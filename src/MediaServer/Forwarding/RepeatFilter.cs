using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>A packet asked for twice within a round trip is on its way already.</summary>
internal sealed class RepeatFilter
{
    private const int Remembered = 64;
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(10);

    private readonly ushort[] _sequences = new ushort[Remembered];
    private readonly Instant[] _at = new Instant[Remembered];

    public RepeatFilter() => Array.Fill(_at, Instant.MinValue);

    public bool TryTake(ushort sequence, Instant now, TimeSpan roundTrip)
    {
        var place = sequence % Remembered;
        var wait = roundTrip > s_least ? roundTrip : s_least;
        if (_sequences[place] == sequence && now - _at[place] < wait)
        {
            return false;
        }

        _sequences[place] = sequence;
        _at[place] = now;
        return true;
    }
}
