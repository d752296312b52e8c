using Classroom.Recorder.Mp4;
using Classroom.Recorder.Codecs;

namespace Classroom.Recorder.Drafts;

/// <summary>An Opus packet of a captured file.</summary>
internal readonly record struct SoundPacket(long AtMs, ReadOnlyMemory<byte> Data);

/// <summary>Opus packets of a few seconds.</summary>
/// <param name="FromTicks">In samples of the file's time.</param>
internal sealed record SoundCut(long FromTicks, long ToTicks, IReadOnlyList<Mp4Sample> Samples);

/// <summary>
/// Cuts captured Opus into segments, as it is. Times were rounded to milliseconds: packets that follow each other closely are put
/// one behind the other; where some are missing the last one lasts until the next.
/// </summary>
internal sealed class SoundCutter(Action<SoundCut> onCut)
{
    private const int TicksPerMs = Mp4Init.SoundScale / 1000;
    private const long EnoughTicks = 5 * Mp4Init.SoundScale;

    // Rounding and a sender's clock that drifts stay below this; a lost packet is above.
    private const long Tolerance = 9 * TicksPerMs;

    private readonly List<Mp4Sample> _samples = [];
    private long _from;
    private long _next;
    private SoundPacket? _last;
    private long _lastAt;

    public void Add(SoundPacket packet)
    {
        var at = packet.AtMs * TicksPerMs;
        if (_last is { } last)
        {
            // A packet that comes much too early would lie over the last one; it follows it all the same.
            at = Math.Abs(at - _next) <= Tolerance || at <= _lastAt ? _next : at;
            Put(last, at);
        }
        else
        {
            _from = at;
        }

        (_last, _lastAt) = (packet, at);
        _next = at + OpusDuration.Samples(packet.Data.Span);
    }

    /// <summary>Gives out what is there.</summary>
    public void Finish()
    {
        if (_last is { } last)
        {
            Put(last, Math.Max(_next, _lastAt + 1));
            _last = null;
        }

        Cut();
    }

    private void Put(SoundPacket packet, long until)
    {
        _samples.Add(new Mp4Sample((int)Math.Min(until - _lastAt, int.MaxValue), 0, IsKey: true, packet.Data));
        if (until - _from >= EnoughTicks)
        {
            Cut(until);
        }
    }

    private void Cut() => Cut(_from + _samples.Sum(sample => (long)sample.Duration));

    private void Cut(long until)
    {
        if (_samples.Count > 0)
        {
            onCut(new SoundCut(_from, until, [.. _samples]));
            _samples.Clear();
            _from = until;
        }
    }
}
