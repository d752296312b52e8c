namespace Classroom.Recorder.Pipeline.Film;

/// <summary>A captured file on this machine, with its place on the lesson clock.</summary>
/// <param name="Id">Of the track; a track's content never changes once its lesson is over.</param>
internal sealed record RenderSource(string Id, string Path, string SeatRef, long StartMs, long DurationMs, bool HasVideo, bool HasAudio, int Width, int Height)
{
    public long EndMs => StartMs + DurationMs;

    public bool Overlaps(long fromMs, long toMs) => StartMs < toMs && EndMs > fromMs;
}
