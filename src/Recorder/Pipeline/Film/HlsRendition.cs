using Classroom.Recorder.Mp4;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>A range of a rendition's file.</summary>
internal sealed record HlsSegment(long Offset, long Length, double Seconds);

/// <summary>One rung of the ladder, or the sound: a file of segments.</summary>
/// <param name="Folder">Holds the file, and gets its playlist.</param>
/// <param name="Head">ftyp and moov, with which the file begins.</param>
internal sealed record HlsRendition(string Folder, byte[] Head, IReadOnlyList<HlsSegment> Segments)
{
    private const double ShortestThatCounts = 0.5;

    public double LongestSegment => Segments.Max(segment => segment.Seconds);

    /// <summary>The rate of the densest segment (RFC 8216 §4.3.4.2).</summary>
    public long PeakBitsPerSecond => (long)Math.Ceiling(Segments.Max(segment => segment.Length * 8 / Math.Max(segment.Seconds, ShortestThatCounts)));

    public long AverageBitsPerSecond => (long)(Segments.Sum(segment => segment.Length) * 8 / Segments.Sum(segment => segment.Seconds));

    public string Codec => CodecName.Of(Head);
}
