using Classroom.Recorder.Codecs;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Mp4;

namespace Classroom.Recorder.Drafts;

/// <summary>Pictures from one key frame until the next segment begins.</summary>
/// <param name="Frames">Without parameter sets, which stand in <paramref name="Format"/>.</param>
internal sealed record PictureCut(VideoFormat Format, long FromMs, long ToMs, IReadOnlyList<MatroskaBlock> Frames)
{
    private const int TicksPerMs = Mp4Init.PictureScale / 1000;

    /// <summary>The pictures as samples. Decoders take them as they come; what is shown later than it is decoded gets a shift.</summary>
    public IReadOnlyList<Mp4Sample> Samples()
    {
        var times = Frames.Select(frame => frame.AtMs).Order().ToArray();
        for (var i = 1; i < times.Length; i++)
        {
            times[i] = Math.Max(times[i], times[i - 1] + 1);
        }

        return [.. Frames.Select((frame, i) => new Mp4Sample(
            (int)Math.Max(1, (i + 1 < times.Length ? times[i + 1] : ToMs) - times[i]) * TicksPerMs,
            (int)(frame.AtMs - times[i]) * TicksPerMs,
            frame.IsKey,
            frame.Data))];
    }
}

/// <summary>
/// Cuts a captured H.264 stream into segments: at a key frame once there is enough, and at every change of parameter sets.
/// Nothing is encoded.
/// </summary>
/// <param name="enoughMs">A segment is at least this long unless its parameter sets change.</param>
internal sealed class PictureCutter(byte[] configuration, long enoughMs, Action<PictureCut> onCut)
{
    /// <summary>A sender that ignores wishes for key frames must not fill the memory.</summary>
    private const int MaxBytes = 256 * 1024 * 1024;

    private readonly AvcParameterSets _parameters = Begin(configuration);
    private readonly List<MatroskaBlock> _frames = [];
    private VideoFormat? _format;
    private long _bytes;

    public void Add(MatroskaBlock block)
    {
        var data = AvcUnits.Strip(block.Data, _parameters);
        if (block.IsKey && _parameters.Format() is { } format && (_frames.Count == 0 || block.AtMs - _frames[0].AtMs >= enoughMs || format != _format))
        {
            Finish(block.AtMs);
            _format = format;
        }
        else if (_frames.Count == 0)
        {
            return; // Nothing can be shown before a key frame.
        }

        _frames.Add(block with { Data = data });
        _bytes += data.Length;
        if (_bytes > MaxBytes)
        {
            Finish(block.AtMs + 1);
        }
    }

    /// <summary>Gives out what is there.</summary>
    /// <param name="toMs">How long the last picture stays.</param>
    public void Finish(long toMs)
    {
        if (_frames.Count > 0)
        {
            onCut(new PictureCut(_format!, _frames[0].AtMs, Math.Max(toMs, _frames[^1].AtMs + 1), [.. _frames]));
            _frames.Clear();
            _bytes = 0;
        }
    }

    private static AvcParameterSets Begin(byte[] configuration)
    {
        var sets = new AvcParameterSets();
        sets.AddRecord(configuration);
        return sets;
    }
}
