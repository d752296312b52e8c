using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Recorder.Codecs;
using Classroom.Recorder.Matroska;
using Classroom.Rtc;

namespace Classroom.Recorder.Capture;

/// <summary>
/// Picture and sound of one publication group on their way to files. A file begins at a key frame; another size or parameter set,
/// another set of tracks or a clock that jumped begins a new one. Runs on the capture thread.
/// </summary>
internal sealed class SeatCapture(SeatIdentity seat, LessonClock lesson, string folder, ICaptureEvents events)
{
    private static readonly TimeSpan WaitForPicture = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WaitForPublication = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortLoss = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitForDisk = TimeSpan.FromSeconds(5);
    private readonly List<TimedFrame> _soundBeforeFile = [];
    private readonly List<TimedFrame> _frames = [];
    private readonly KeyframeWish _keyframes = new(seat.LessonId, events);
    private Instant? _lossSince;
    private Instant? _lastPicture;
    private Instant _soundSince = Instant.Never;
    private Instant _diskRefusedUntil = Instant.MinValue;

    public StreamCapture? Video { get; private set; }

    public StreamCapture? Audio { get; private set; }

    public CaptureFile? File { get; private set; }

    public bool IsEmpty => Video is null && Audio is null;

    public SeatIdentity Seat => seat;

    public void Add(StreamCapture stream)
    {
        CloseFile(error: null);
        if (stream.Publication.Kind == MediaKind.Video)
        {
            Video = stream;
            _keyframes.Start(stream.Publication.Id);
        }
        else
        {
            Audio = stream;
        }
    }

    public void Remove(StreamCapture stream)
    {
        Finish(stream);
        CloseFile(error: null);
        Video = stream == Video ? null : Video;
        Audio = stream == Audio ? null : Audio;
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

        stream.Close();
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
            _lossSince ??= _lastPicture ?? frame.At;
        }

        if (frame.Frame.IsKey)
        {
            EndLoss(frame.At);
            BeginFile(frame, now);
        }

        // After a loss the decoder could only show rubbish until the next key frame.
        if (_lossSince is not null)
        {
            _keyframes.Want();
            return;
        }

        if (File is { Tracks.Video: not null })
        {
            File.Add(MatroskaHeader.VideoTrack, frame, now);
            _lastPicture = frame.At;
            AddSoundBeforeFile(now);
        }
    }

    private void OnSound(TimedFrame frame, Instant now)
    {
        if (File is { Tracks.HasAudio: true } file)
        {
            file.Add(MatroskaHeader.AudioTrack, frame, now);
            return;
        }

        _soundSince = Instant.Min(_soundSince, now);
        _soundBeforeFile.Add(frame);
        var wait = Video is null ? WaitForPublication : WaitForPicture;
        if (now - _soundSince >= wait && now >= _diskRefusedUntil && File is null)
        {
            Open(null, _soundBeforeFile[0].At);
            AddSoundBeforeFile(now);
        }
    }

    private void BeginFile(TimedFrame key, Instant now)
    {
        if (File is not null && key.Frame.Format!.IsSameAs(File.Tracks.Video))
        {
            return;
        }

        CloseFile(error: null);
        if (now < _diskRefusedUntil)
        {
            _soundBeforeFile.Clear();
            return;
        }

        Open(key.Frame.Format, key.At);
    }

    private void Open(VideoFormat? format, Instant at)
    {
        var trackId = Ids.New();
        var startMs = lesson.Ms(at);
        var header = new CaptureHeader(trackId, seat, format?.Codec, Audio is null ? null : "opus", format?.Width ?? 0, format?.Height ?? 0, startMs, $"{seat.LessonId}/{trackId}.mkv");
        // The file's zero is the whole millisecond that its row says, so that tracks line up exactly.
        var zero = lesson.Zero + TimeSpan.FromMilliseconds(startMs);
        File = new CaptureFile(folder, header, new MatroskaTracks(format, Audio is not null), zero);
        events.FileOpened(header);
    }

    // The picture goes first, so that the file begins with a key frame.
    private void AddSoundBeforeFile(Instant now)
    {
        foreach (var sound in _soundBeforeFile)
        {
            File!.Add(MatroskaHeader.AudioTrack, sound, now);
        }

        _soundBeforeFile.Clear();
        _soundSince = Instant.Never;
    }

    private void EndLoss(Instant at)
    {
        if (_lossSince is { } since && File is { } file && at - since > ShortLoss)
        {
            events.Gap(seat.LessonId, file.Header.TrackId, lesson.Ms(since), lesson.Ms(at), "loss");
            file.Log(new GapNote("loss", lesson.Ms(since), lesson.Ms(at)));
        }

        _lossSince = null;
    }

    private sealed record GapNote(string Gap, long FromMs, long ToMs);

    private sealed record ClockNote(string Stream, long NtpTicks, uint Rtp, long ArrivalMs, double RoundTripMs, double ErrorMs);
}
