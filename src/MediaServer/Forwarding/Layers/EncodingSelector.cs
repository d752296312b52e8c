using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>
/// Which of a publication's encodings (simulcast) a receiver gets, and which it waits to join. Encodings know nothing of
/// each other, so every change waits for a key frame of the target; going down, the old one is thinned meanwhile.
/// </summary>
internal struct EncodingSelector()
{
    /// <summary>So long must a layer flow before anybody moves up to it.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromSeconds(2);

    /// <summary>Encoding that is forwarded; −1: none yet.</summary>
    public int Current { readonly get; private set; } = -1;

    /// <summary>Encoding that should be forwarded; −1: none.</summary>
    public int Target { readonly get; private set; } = -1;

    public readonly bool IsPending => Target != Current && Target >= 0;

    /// <summary>On the way down the old layer is thinned; the line cannot carry it.</summary>
    public readonly bool IsThinning => Current >= 0 && Target >= 0 && Target < Current;

    /// <summary>Decides the target anew.</summary>
    /// <param name="limit">Highest encoding that is wanted; −1: none.</param>
    /// <param name="activity">Of each encoding, smallest picture first.</param>
    public void Update(int limit, ReadOnlySpan<EncodingActivity> activity, Instant now)
    {
        if (limit < 0)
        {
            (Current, Target) = (-1, -1);
            return;
        }

        if (activity.Length == 1)
        {
            Target = 0;
            return;
        }

        var newest = Newest(activity);
        var best = -1;
        for (var i = 0; i < activity.Length; i++)
        {
            if (!activity[i].HasSent || activity[i].IsSilent(newest))
            {
                continue;
            }

            // Within the limit the highest; beyond it only when there is nothing else.
            var proven = i <= Current || Current < 0 || now - activity[i].Since >= Proof;
            if (best < 0 || (i <= limit && proven))
            {
                best = i;
            }
        }

        Target = best >= 0 ? best : Current;
    }

    /// <summary>A key frame of an encoding begins: true when the receiver joins it here.</summary>
    public readonly bool MayJoin(int encoding) => Target >= 0 && encoding != Current && (encoding == Target || (Current < 0 && encoding < Target));

    public void Join(int encoding) => Current = encoding;

    private static Instant Newest(ReadOnlySpan<EncodingActivity> activity)
    {
        var newest = Instant.MinValue;
        foreach (ref readonly var one in activity)
        {
            newest = Instant.Max(newest, one.Last);
        }

        return newest;
    }
}
