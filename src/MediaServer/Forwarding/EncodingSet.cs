using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>The encodings of one publication: their order, and which of them are silent.</summary>
internal sealed class EncodingSet
{
    private uint _silent = uint.MaxValue;

    public EncodingSet(Encoding[] encodings)
    {
        All = encodings;
        Activity = new EncodingActivity[encodings.Length];
        Array.Fill(Activity, new EncodingActivity());
        Number();
    }

    /// <summary>The smallest picture first, as soon as sizes are known.</summary>
    public Encoding[] All { get; }

    /// <summary>Of each encoding.</summary>
    public EncodingActivity[] Activity { get; }

    /// <summary>More packets of a frame are to be expected.</summary>
    public bool IsInFrame
    {
        get
        {
            foreach (var encoding in All)
            {
                if (encoding.IsInFrame)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public bool IsFlowing(int index) => Activity[index].HasSent && (_silent & (1u << index)) == 0;

    public Encoding? Find(ReadOnlySpan<char> rid)
    {
        foreach (var encoding in All)
        {
            if (rid.SequenceEqual(encoding.Rid))
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>An encoding has just sent: true when another has fallen silent meanwhile, or this one was.</summary>
    public bool WatchSilence(int index, Instant now)
    {
        var silent = _silent & ~(1u << index);
        for (var i = 0; i < Activity.Length; i++)
        {
            if (Activity[i].IsSilent(now))
            {
                silent |= 1u << i;
            }
        }

        var hasChanged = silent != _silent;
        _silent = silent;
        return hasChanged;
    }

    /// <summary>Brings the smallest picture to the front: offers name encodings in order of preference, and senders do not agree which way that is.</summary>
    /// <returns>True when the order is another now.</returns>
    public bool SortBySize()
    {
        var moved = false;
        for (var i = 0; i < All.Length; i++)
        {
            for (var j = i + 1; j < All.Length; j++)
            {
                if (All[j].Height != 0 && All[i].Height > All[j].Height)
                {
                    (All[i], All[j]) = (All[j], All[i]);
                    (Activity[i], Activity[j]) = (Activity[j], Activity[i]);
                    moved = true;
                }
            }
        }

        if (moved)
        {
            Number();
            _silent = uint.MaxValue;
        }

        return moved;
    }

    private void Number()
    {
        for (var i = 0; i < All.Length; i++)
        {
            All[i].Index = i;
        }
    }
}
