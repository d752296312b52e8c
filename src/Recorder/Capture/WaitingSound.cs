using Classroom.Recorder.Matroska;
using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>Sound that has no file yet: the first picture, which begins one, is still on its way.</summary>
internal sealed class WaitingSound
{
    private readonly List<TimedFrame> _frames = [];
    private Instant _since = Instant.Never;

    /// <summary>When the oldest sample was taken.</summary>
    public Instant Start => _frames[0].At;

    public void Add(TimedFrame frame, Instant now)
    {
        _since = Instant.Min(_since, now);
        _frames.Add(frame);
    }

    public bool HasWaited(TimeSpan patience, Instant now) => now - _since >= patience;

    /// <exception cref="IOException">The disk refused.</exception>
    public void MoveTo(CaptureFile file, Instant now)
    {
        foreach (var frame in _frames)
        {
            file.Add(MatroskaHeader.AudioTrack, frame, now);
        }

        Clear();
    }

    public void Clear()
    {
        _frames.Clear();
        _since = Instant.Never;
    }
}
