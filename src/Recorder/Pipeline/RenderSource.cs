namespace Classroom.Recorder.Pipeline;

/// <summary>A captured file on this machine, with its place on the lesson clock.</summary>
internal sealed record RenderSource(string Path, string SeatRef, long StartMs, long DurationMs, bool HasVideo, bool HasAudio, int Height)
{
    public long EndMs => StartMs + DurationMs;

    public bool Overlaps(long fromMs, long toMs) => StartMs < toMs && EndMs > fromMs;
}
