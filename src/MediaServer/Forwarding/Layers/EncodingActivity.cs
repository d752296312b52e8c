using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>When an encoding of a publication sent, and the clock that it sends by.</summary>
internal struct EncodingActivity
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    public EncodingActivity() => (Since, Last) = (Instant.Never, Instant.MinValue);

    /// <summary>Begin of the time without long rests.</summary>
    public Instant Since { get; private set; }

    /// <summary>Last packet.</summary>
    public Instant Last { get; private set; }

    /// <summary>Of its last sender report, on the encoding's unbroken line.</summary>
    public SourceTime Report { readonly get; set; }

    public readonly bool HasSent => Last != Instant.MinValue;

    public void OnPacket(Instant now)
    {
        if (now - Last > s_rest)
        {
            Since = now;
        }

        Last = now;
    }
}
