using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc;

namespace Classroom.MediaServer.Forwarding;

/// <summary>What a receiver asks for again: packets that were lost, and key frames.</summary>
internal sealed partial class Subscription
{
    private readonly RepeatFilter _repeats = new();
    private RequestBudget _budget = new();

    /// <summary>The subscriber asks for a packet that it did not get.</summary>
    public void Repeat(ushort outSequence, Instant now)
    {
        if (_repeats.TryTake(outSequence, Copies, Patience, now))
        {
            SendCopies(outSequence, now);
        }
    }

    /// <summary>The reports of arrival times show that a packet, or a repeat of it, was lost: known before it is asked for again.</summary>
    public void OnLost(ushort outSequence, Instant sent, Instant now)
    {
        if (_repeats.TryTakeLost(outSequence, Copies, sent, now))
        {
            SendCopies(outSequence, now);
        }
    }

    /// <summary>Sends a packet again, if it is still there.</summary>
    public void SendAgain(ushort outSequence, Instant now)
    {
        // What is paused, or was left for another layer, would fill a line that has just become too small.
        if (Wanted.IsPaused)
        {
            return;
        }

        if (!_path.TryUnmap(outSequence, out var sequence, out var segment)
            || !Publication.Encodings[segment.Encoding].Store.TryFind(sequence, now, out var slot))
        {
            _counters.Refuse(Refusal.RepeatTooLate);
            return;
        }

        var encoding = Publication.Encodings[segment.Encoding];
        var placement = LayerPath.Within(in segment, in encoding.Store[slot].Packet);
        _writer.WriteAgain(Repair, encoding, slot, placement, outSequence, now);
        _counters.Repeated++;
    }

    public void OnKeyframeRequest(Instant now)
    {
        _freezes.OnBroken(now);
        var encoding = _path.Awaited >= 0 ? _path.Awaited : _path.Encoding;
        if (encoding >= 0 && _budget.TryTake(now))
        {
            Publication.Encodings[encoding].WantKeyframe(now);
        }
    }

    private void SendCopies(ushort outSequence, Instant now)
    {
        SendAgain(outSequence, now);
        _out.Line?.FollowUp(_writer.Tag(outSequence), Copies - 1, now);
    }

    private TimeSpan Patience => _writer.Format.IsNumbered && _out.Line is { } line ? line.Patience : Reports.RoundTrip;

    // Without a source of their own, repeats are the same bytes under the same number: one is enough.
    private int Copies => _writer.Format.RtxPayloadType != 0 && _out.Line is { } line ? line.Copies : 1;
}
