using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;

namespace Classroom.MediaServer.Transports;

/// <summary>
/// The time in which a peer has withdrawn its consent by saying nothing (RFC 7675, 5.1). It is sent nothing, but when its line
/// comes back soon enough it finds its place, its keys and its numbers, and media flow again with its first check.
/// </summary>
internal sealed class Absence(PeerTransport transport)
{
    /// <summary>From the end of the consent; with it a line may be away for two minutes.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(90);

    private bool _isAway;

    /// <summary>True once, when the consent ends.</summary>
    public bool Begins(Instant now)
    {
        var begins = !_isAway && now >= transport.Ice.ConsentExpires;
        _isAway |= begins;
        return begins;
    }

    /// <summary>The peer was away for too long.</summary>
    public bool IsOver(Instant now) => _isAway && now >= transport.Ice.ConsentExpires + Kept;

    /// <summary>The peer showed itself. What was lost meanwhile is of use to nobody: all goes on from here, pictures at key frames.</summary>
    public void End(Instant now)
    {
        if (!_isAway)
        {
            return;
        }

        _isAway = false;
        foreach (var subscription in transport.Subscriptions.All)
        {
            // Right behind the last number: one far ahead would be taken for one long past (RFC 3711, 3.3.1).
            subscription.OnReordered();
            subscription.Update(now);
        }

        foreach (var publication in transport.Sources.Publications)
        {
            foreach (var encoding in publication.Encodings)
            {
                Resume(encoding, now);
            }
        }
    }

    private static void Resume(Encoding encoding, Instant now)
    {
        encoding.Incoming.ForgetMissing();
        if (encoding.Publication.Info.Kind == MediaKind.Video)
        {
            encoding.Publication.OnSourceChanged(encoding);
            encoding.Keyframes.AskAnew();
            encoding.WantKeyframe(now);
        }
    }
}
