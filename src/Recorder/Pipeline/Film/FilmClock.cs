namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// A film counts in whole frames of the lesson clock. So a clip that is trimmed by frames keeps the frames it had, and pieces that
/// were cut at the same places fit together.
/// </summary>
internal static class FilmClock
{
    public const int FramesPerSecond = 25;
    public const int FrameMs = 1000 / FramesPerSecond;
    public const int SampleRate = 48_000;
    public const int SamplesPerFrame = SampleRate / FramesPerSecond;

    /// <summary>The frame that begins nearest to a time.</summary>
    public static long FrameAt(long ms) => (ms + (FrameMs / 2)) / FrameMs;

    public static double Seconds(long frames) => (double)frames / FramesPerSecond;
}
