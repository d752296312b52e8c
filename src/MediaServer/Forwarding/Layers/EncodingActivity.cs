using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>When an encoding of a publication sent, and the clock that it sends by.</summary>
internal struct EncodingActivity
{
    /// <summary>An encoding that others have outrun by so much is silent, unless its pictures are few.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);

    private const int PicturesMissed = 2;
    private const int PaceMemory = 8;
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    // Packets of one picture lie closer to each other.
    private static readonly TimeSpan s_nextPicture = TimeSpan.FromMilliseconds(15);

    // The longest time between two pictures of late.
    private TimeSpan _pace;

    // Worked out once a picture, since it is looked at with every packet.
    private TimeSpan _patience;

    public EncodingActivity() => (Since, Last, _patience) = (Instant.Never, Instant.MinValue, Silence);

    /// <summary>Begin of the time without long rests.</summary>
    public Instant Since { get; private set; }

    /// <summary>Last packet.</summary>
    public Instant Last { get; private set; }

    /// <summary>Of its last sender report, on the encoding's unbroken line.</summary>
    public SourceTime Report { readonly get; set; }

    public readonly bool HasSent => Last != Instant.MinValue;

    public void OnPacket(Instant now)
    {
        var gap = now - Last;
        if (gap > s_rest)
        {
            Since = now;
            _pace = TimeSpan.Zero;
            _patience = Silence;
        }
        else if (gap >= s_nextPicture)
        {
            _pace = gap > _pace ? gap : _pace - ((_pace - gap) / PaceMemory);
            var missed = _pace * PicturesMissed;
            _patience = missed < Silence ? Silence : missed > s_longestSilence ? s_longestSilence : missed;
        }

        Last = now;
    }

    /// <summary>
    /// It has fallen silent beside the others. A sender without time for more than three or four pictures a second sends its
    /// encodings one after the other: until the next picture each of them has been outrun by all that the others take.
    /// </summary>
    /// <param name="newest">Last packet of any encoding.</param>
    public readonly bool IsSilent(Instant newest) => newest - Last >= _patience;
}
