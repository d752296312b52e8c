using System.Buffers.Binary;
using Classroom.Recorder.Mp4;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// Joins pieces into one rendition without touching a picture: their fragments are copied one after another into one file, each with its
/// time and number in the film written over.
/// </summary>
internal sealed class RenditionWriter
{
    public const string Media = "film.mp4";

    /// <summary>Fragments are put together to segments of about four seconds, as many on every rung.</summary>
    private const double SegmentSeconds = 3.5;

    /// <summary>mfhd's number lies behind the headers of moof and mfhd and its flags.</summary>
    private const int NumberAt = (2 * Mp4Boxes.HeaderLength) + 4;

    private readonly FileStream _output;
    private readonly List<HlsSegment> _segments = [];
    private readonly byte[] _buffer = new byte[256 * 1024];
    private long _time;
    private uint _number;
    private long _segmentStart;
    private double _segmentSeconds;

    private RenditionWriter(FileStream output) => _output = output;

    /// <param name="pieces">In the order of the film.</param>
    /// <param name="folder">Gets the rendition.</param>
    /// <returns>Null when the pieces do not fit together: they are of different encoders.</returns>
    public static async Task<HlsRendition?> JoinAsync(IReadOnlyList<string> pieces, string folder, CancellationToken cancellationToken)
    {
        var parts = pieces.Select(path => (Path: path, Boxes: Mp4Fragments.Read(path))).ToList();
        var head = parts[0].Boxes.Head;
        if (!parts.TrueForAll(part => part.Boxes.Head.AsSpan().SequenceEqual(head)))
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        await using var output = File.Create(Path.Combine(folder, Media));
        await output.WriteAsync(head, cancellationToken);
        var writer = new RenditionWriter(output) { _segmentStart = head.Length };
        foreach (var (path, boxes) in parts)
        {
            await writer.AppendAsync(path, boxes, cancellationToken);
        }

        writer.EndSegment();
        return new HlsRendition(folder, head, writer._segments);
    }

    private async Task AppendAsync(string path, Mp4Fragments boxes, CancellationToken cancellationToken)
    {
        await using var input = File.OpenRead(path);
        foreach (var fragment in boxes.Fragments)
        {
            await CopyAsync(input, fragment, cancellationToken);
            _time += fragment.Duration;
            _segmentSeconds += (double)fragment.Duration / boxes.TimeScale;
            if (_segmentSeconds >= SegmentSeconds)
            {
                EndSegment();
            }
        }
    }

    private async Task CopyAsync(FileStream input, FragmentPlace fragment, CancellationToken cancellationToken)
    {
        var head = new byte[fragment.HeadLength];
        input.Position = fragment.Offset;
        await input.ReadExactlyAsync(head, cancellationToken);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(NumberAt), ++_number);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(fragment.TimeAt), _time);
        await _output.WriteAsync(head, cancellationToken);
        for (var left = fragment.Length - head.Length; left > 0;)
        {
            var count = (int)Math.Min(left, _buffer.Length);
            await input.ReadExactlyAsync(_buffer.AsMemory(0, count), cancellationToken);
            await _output.WriteAsync(_buffer.AsMemory(0, count), cancellationToken);
            left -= count;
        }
    }

    private void EndSegment()
    {
        if (_segmentSeconds > 0)
        {
            _segments.Add(new HlsSegment(_segmentStart, _output.Position - _segmentStart, _segmentSeconds));
            (_segmentStart, _segmentSeconds) = (_output.Position, 0);
        }
    }
}
