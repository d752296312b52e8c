using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>
/// How many of a publication's encodings its sender must make, from the smallest up: more at once when somebody wants
/// more, fewer when nobody has wanted them for a while. The smallest is always made, so that anybody can begin.
/// </summary>
internal sealed class LayerDemand
{
    /// <summary>So long nobody must want a layer before its sender may rest.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private Instant _lowerSince = Instant.Never;

    /// <summary>Encodings to make; 0: nothing was said yet, all are made.</summary>
    public int Needed { get; private set; }

    /// <summary>True when the sender must be told.</summary>
    /// <param name="highest">Highest encoding that anybody wants; −1: nobody wants any.</param>
    /// <param name="encodings">How many there are.</param>
    /// <param name="now">Time.</param>
    public bool Update(int highest, int encodings, Instant now)
    {
        var wanted = Math.Clamp(highest + 1, 1, encodings);
        var made = Needed == 0 ? encodings : Needed;
        if (wanted >= made)
        {
            _lowerSince = Instant.Never;
            Needed = wanted;
            return wanted > made;
        }

        _lowerSince = Instant.Min(_lowerSince, now);
        if (now - _lowerSince < Rest)
        {
            return false;
        }

        _lowerSince = Instant.Never;
        Needed = wanted;
        return true;
    }
}
