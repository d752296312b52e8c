using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Recorder.Codecs;
using Classroom.Recorder.Matroska;
using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>
/// Picture and sound of one publication group on their way to files. A file begins at a key frame and goes on when the picture's
/// size changes or its sound ends; another codec, another track or a clock that jumped begins a new one. Runs on the capture thread.
/// </summary>
internal sealed class SeatCapture(SeatIdentity seat, LessonClock lesson, string folder, ICaptureEvents events)
{
    private static readonly TimeSpan WaitForPicture = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WaitForPublication = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WaitForDisk = TimeSpan.FromSeconds(5);
    private readonly WaitingSound _waitingSound = new();
    private readonly List<TimedFrame> _frames = [];
    private readonly KeyframeWish _keyframes = new(seat.LessonId, events);
    private readonly PictureLoss _loss = new(seat.LessonId, lesson, events);
    private Instant _diskRefusedUntil = Instant.MinValue;
    private bool _isTrackMissing;

    public StreamCapture? Video { get; private set; }

    public StreamCapture? Audio { get; private set; }

    public CaptureFile? File { get; private set; }

    public bool IsEmpty => Video is null && Audio is null;

    public SeatIdentity Seat => seat;

    public void Add(StreamCapture stream)
    {
        if (stream.Publication.Kind == MediaKind.Video)
        {
            AddVideo(stream);
        }
        else
        {
            AddAudio(stream);
        }
    }

    public void Remove(StreamCapture stream)
    {
        if (stream == Video)
        {
            Finish(stream);
            CloseFile(error: null);
            Video = null;
            _keyframes.Stop();
        }
        else if (stream == Audio)
        {
            Finish(stream);
            Audio = null;
            CloseFileOfSoundAlone();
        }

        stream.Close();
    }

    /// <summary>Takes what the streams have ready, and writes what is due.</summary>
    public void Pump(Instant now)
    {
        try
        {
            Take(Video, now);
            Take(Audio, now);
            File?.Tick(now);
        }
        catch (IOException error)
        {
            OnDiskRefused(error, now);
        }

        _keyframes.Tick(now);
    }

    public void OnSenderReport(StreamCapture stream, SenderTime report)
    {
        stream.Add(report);
        try
        {
            File?.Log(new ClockNote(stream.Publication.Kind.ToString(), report.NtpTicks, report.RtpTimestamp, lesson.Ms(report.Arrival), report.RoundTrip.TotalMilliseconds, stream.Clock.Error / 10_000.0));
        }
        catch (IOException error)
        {
            OnDiskRefused(error, report.Arrival);
        }
    }

    public void CloseFile(string? error)
    {
        if (File is not { } file)
        {
            return;
        }

        File = null;
        _keyframes.Want();
        try
        {
            file.Flush();
        }
        catch (IOException refused)
        {
            error ??= refused.Message;
        }

        file.Dispose();
        events.FileClosed(file.Header, error);
    }

    // Sound alone goes on in its file until the first picture begins another.
    private void AddVideo(StreamCapture stream)
    {
        if (File is { Tracks.Video: not null })
        {
            CloseFile(error: null);
        }

        Video = stream;
        _keyframes.Start(stream.Publication.Id);
    }

    // The picture goes on in its file; a file that has a place for sound takes it up, another begins at the next key frame.
    private void AddAudio(StreamCapture stream)
    {
        Audio = stream;
        if (File is { Tracks.HasAudio: false })
        {
            _isTrackMissing = true;
            _keyframes.Want();
        }
    }

    private void CloseFileOfSoundAlone()
    {
        if (File is { Tracks.Video: null })
        {
            CloseFile(error: null);
        }
    }

    private void OnDiskRefused(IOException error, Instant now)
    {
        _diskRefusedUntil = now + WaitForDisk;
        CloseFile(error.Message);
        events.Gap(seat.LessonId, "", lesson.Ms(now), lesson.Ms(_diskRefusedUntil), $"disk: {error.Message}");
    }

    // What still waits for missing packets is better written without them than not at all.
    private void Finish(StreamCapture stream)
    {
        try
        {
            Take(stream, Instant.Never);
        }
        catch (IOException error)
        {
            CloseFile(error.Message);
        }
    }

    private void Take(StreamCapture? stream, Instant now)
    {
        if (stream is null)
        {
            return;
        }

        _frames.Clear();
        stream.Drain(now, _frames);
        if (stream.Clock.HasJumped)
        {
            CloseFile(error: null);
            stream.Clock.Snap();
        }

        foreach (var frame in _frames)
        {
            if (stream == Video)
            {
                OnPicture(frame, now);
            }
            else
            {
                OnSound(frame, now);
            }
        }
    }

    private void OnPicture(TimedFrame frame, Instant now)
    {
        _keyframes.Seen(frame.Frame, now);
        if (frame.Frame.AfterLoss)
        {
            _loss.Begin(frame.At);
        }

        if (frame.Frame.IsKey)
        {
            _loss.End(frame.At, File);
            BeginFile(frame, now);
        }

        // After a loss the decoder could only show rubbish until the next key frame.
        if (_loss.IsOpen)
        {
            _keyframes.Want();
            return;
        }

        if (File is { Tracks.Video: not null })
        {
            File.Add(MatroskaHeader.VideoTrack, frame, now);
            _loss.Kept(frame.At);
            AddWaitingSound(now);
        }
    }

    private void OnSound(TimedFrame frame, Instant now)
    {
        if (File is { Tracks.HasAudio: true } file)
        {
            file.Add(MatroskaHeader.AudioTrack, frame, now);
            return;
        }

        _waitingSound.Add(frame, now);
        var wait = Video is null ? WaitForPublication : WaitForPicture;
        if (!_waitingSound.HasWaited(wait, now))
        {
            return;
        }

        if (File is not null)
        {
            _waitingSound.Clear(); // The key frame that would begin a file with sound does not come.
        }
        else if (now >= _diskRefusedUntil)
        {
            Open(null, _waitingSound.Start);
            AddWaitingSound(now);
        }
    }

    private void BeginFile(TimedFrame key, Instant now)
    {
        if (!_isTrackMissing && File?.Tracks.Video?.Codec == key.Frame.Format!.Codec)
        {
            return;
        }

        CloseFile(error: null);
        if (now < _diskRefusedUntil)
        {
            _waitingSound.Clear();
            return;
        }

        Open(key.Frame.Format, key.At);
    }

    private void Open(VideoFormat? format, Instant at)
    {
        _isTrackMissing = false;
        var trackId = Ids.New();
        var startMs = lesson.Ms(at);
        var header = new CaptureHeader(trackId, seat, format?.Codec, Audio is null ? null : "opus", format?.Width ?? 0, format?.Height ?? 0, startMs, $"{seat.LessonId}/{trackId}.mkv");
        // The file's zero is the whole millisecond that its row says, so that tracks line up exactly.
        var zero = lesson.Zero + TimeSpan.FromMilliseconds(startMs);
        File = new CaptureFile(folder, header, new MatroskaTracks(format, Audio is not null), zero);
        events.FileOpened(header);
    }

    // The picture goes first, so that the file begins with a key frame. What has no place yet waits for the next file.
    private void AddWaitingSound(Instant now)
    {
        if (File is { Tracks.HasAudio: true } file)
        {
            _waitingSound.MoveTo(file, now);
        }
    }
}
