using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>
/// A picture that lost packets which did not come again: from the last one that was kept to the next key frame. What is longer
/// than one can see is told as a gap.
/// </summary>
internal sealed class PictureLoss(string lessonId, LessonClock lesson, ICaptureEvents events)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private Instant? _since;
    private Instant? _lastKept;

    /// <summary>What comes now cannot be decoded.</summary>
    public bool IsOpen => _since is not null;

    /// <summary>A picture is written.</summary>
    public void Kept(Instant at) => _lastKept = at;

    /// <summary>Something before this picture is lost.</summary>
    public void Begin(Instant at) => _since ??= _lastKept ?? at;

    /// <summary>A key frame has come.</summary>
    /// <param name="at">Its time.</param>
    /// <param name="file">That has the gap; null: none was begun.</param>
    public void End(Instant at, CaptureFile? file)
    {
        if (_since is { } since && file is not null && at - since > Short)
        {
            events.Gap(lessonId, file.Header.TrackId, lesson.Ms(since), lesson.Ms(at), "loss");
            file.Log(new GapNote("loss", lesson.Ms(since), lesson.Ms(at)));
        }

        _since = null;
    }
}
