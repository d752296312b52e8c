using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Recorder.Matroska;
using Classroom.Rtc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Capture;

/// <summary>
/// Captures every room whose recording is on. Events of the media loops and of the capture thread are handled here one after the
/// other, because they talk to the database.
/// </summary>
internal sealed partial class CaptureService : BackgroundService, IRoomObserver, ICaptureEvents
{
    // Lessons that end here are finished at once; this finds those that ended while nobody watched.
    private static readonly TimeSpan LookForEnded = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAtSpool = TimeSpan.FromSeconds(5);
    private readonly CaptureSteps _steps;
    private readonly Dictionary<string, RoomCapture> _rooms = [];
    private readonly IMediaServer _media;
    private readonly RecordingRows _rows;
    private readonly TimeProvider _time;
    private readonly ILogger<CaptureService> _logger;
    private readonly string _spool;
    private readonly CaptureEngine _engine;
    private readonly SpoolWatch _watch;
    private Dictionary<string, string> _restartGaps = [];

    public CaptureService(IMediaServer media, RecordingRows rows, IOptions<RecorderOptions> options, TimeProvider time, ILogger<CaptureService> logger, IRecordingAlarm? alarm = null)
    {
        (_media, _rows, _time, _logger) = (media, rows, time, logger);
        _steps = new CaptureSteps(logger);
        _spool = Path.GetFullPath(options.Value.SpoolFolder);
        _engine = new CaptureEngine(_spool, options.Value.QueuePackets, this);
        _watch = new SpoolWatch(() => new DriveInfo(_spool).AvailableFreeSpace, alarm, time, logger);
    }

    void IRoomObserver.OnRoomOpened(string roomId) => Post(_ => Task.FromResult(Room(roomId)));

    void IRoomObserver.OnRoomClosed(string roomId) => Post(cancel => OnClosedAsync(roomId, cancel));

    void IRoomObserver.OnRecording(string roomId, RecordingSwitch recording) => Post(cancel => OnSwitchAsync(roomId, recording, cancel));

    void IRoomObserver.OnPublicationAdded(PublicationInfo publication) => Post(_ => OnAdded(publication));

    void IRoomObserver.OnPublicationRemoved(PublicationInfo publication) => Post(_ => OnRemoved(publication));

    void IRoomObserver.OnSpeaker(PublicationInfo publication)
    {
        // Who spoke is on the timeline.
    }

    void ICaptureEvents.FileOpened(CaptureHeader header) => Post(cancel => OnFileOpenedAsync(header, cancel));

    void ICaptureEvents.FileClosed(CaptureHeader header, string? error) => Post(cancel => OnFileClosedAsync(header, error, cancel));

    void ICaptureEvents.Gap(string lessonId, string trackId, long fromMs, long toMs, string reason) =>
        Post(cancel => OnGapAsync(lessonId, trackId.Length == 0 ? null : trackId, fromMs, toMs, reason, cancel));

    void ICaptureEvents.KeyframeWanted(string roomId, string publicationId) => _media.RequestKeyframe(roomId, publicationId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _restartGaps = await new SpoolRecovery(_spool, _rows, _logger).RunAsync(stoppingToken);
        using (var thread = new CaptureThread(_engine, _media.Clock))
        using (_media.Observe(this))
        using (_time.CreateTimer(_ => Post(_rows.FinishEndedAsync), null, TimeSpan.Zero, LookForEnded))
        using (_time.CreateTimer(_ => Post(_ => LookAtSpoolAsync()), null, TimeSpan.Zero, LookAtSpool))
        {
            await _steps.RunAsync(stoppingToken);
        }

        // The thread has closed its files; their rows are still to be written.
        await _steps.FinishAsync();
    }

    private void Post(Func<CancellationToken, Task> step) => _steps.Post(step);

    private RoomCapture Room(string roomId)
    {
        if (!_rooms.TryGetValue(roomId, out var room))
        {
            room = _rooms[roomId] = new RoomCapture { OpenGapId = _restartGaps.GetValueOrDefault(roomId) };
            _restartGaps.Remove(roomId);
        }

        return room;
    }

    private async Task OnSwitchAsync(string roomId, RecordingSwitch recording, CancellationToken cancellationToken)
    {
        var room = Room(roomId);
        if (recording.IsOn && !await _rows.BeginAsync(roomId, recording.LessonStart.UtcDateTime, onlyIfMissing: false, cancellationToken))
        {
            Log.NoLesson(_logger, roomId);
            return;
        }

        var wasOn = room.Recording is { IsOn: true };
        room.Recording = recording;
        if (recording.IsOn)
        {
            await AttachAllAsync(room, cancellationToken);
        }
        else if (wasOn)
        {
            DetachAll(room);
            if (recording.Reason is { } reason)
            {
                var now = NowMs(recording);
                room.OpenGapId = await _rows.AddGapAsync(roomId, null, now, now, $"paused: {reason}", cancellationToken);
            }
        }
    }

    private async Task OnClosedAsync(string roomId, CancellationToken cancellationToken)
    {
        if (!_rooms.Remove(roomId, out var room))
        {
            return;
        }

        DetachAll(room);
        if (room is { OpenGapId: { } gap, Recording: { } recording })
        {
            await _rows.EndGapAsync(gap, NowMs(recording), cancellationToken);
        }

        // After the capture thread has closed the files of this room and their rows are written.
        _engine.Then(() => Post(_rows.FinishEndedAsync));
    }

    // Picture and sound of a seat are told one after the other: what is already told is attached together.
    private Task OnAdded(PublicationInfo publication)
    {
        var room = Room(publication.RoomId);
        room.Publications[publication.Id] = publication;
        Post(cancel => AttachAllAsync(room, cancel));
        return Task.CompletedTask;
    }

    private Task OnRemoved(PublicationInfo publication)
    {
        if (_rooms.TryGetValue(publication.RoomId, out var room) && room.Publications.Remove(publication.Id))
        {
            Detach(room, publication);
        }

        return Task.CompletedTask;
    }

    // Every seat knows all its streams before the first packet comes in; otherwise a key frame between picture and sound would
    // begin a file that has no place for the sound.
    private async Task AttachAllAsync(RoomCapture room, CancellationToken cancellationToken)
    {
        if (room.Recording is not { IsOn: true } recording)
        {
            return;
        }

        var lesson = new LessonClock(_media.Clock.FromUtc(recording.LessonStart));
        var started = new List<(PublicationInfo Publication, IMediaSink Sink)>();
        foreach (var publication in room.Publications.Values.Where(publication => !publication.IsNotRecorded))
        {
            if (!room.Attached.ContainsKey(publication.Id) && Start(publication, lesson) is { } sink)
            {
                started.Add((publication, sink));
            }
        }

        foreach (var (publication, sink) in started)
        {
            await AttachAsync(room, publication, sink, cancellationToken);
        }
    }

    private IMediaSink? Start(PublicationInfo publication, LessonClock lesson)
    {
        var sink = _engine.Start(publication, lesson);
        if (sink is null)
        {
            Log.CodecNotRecorded(_logger, publication.Codec, publication.Id);
        }

        return sink;
    }

    private async Task AttachAsync(RoomCapture room, PublicationInfo publication, IMediaSink sink, CancellationToken cancellationToken)
    {
        try
        {
            room.Attached[publication.Id] = await _media.AttachSinkAsync(publication.RoomId, publication.Id, sink, cancellationToken);
        }
        catch (MediaException error)
        {
            // It went away in the meantime; its removal is on the way to us.
            _engine.Stop(publication);
            Log.AttachFailed(_logger, publication.Id, error.Code);
        }
    }

    private void DetachAll(RoomCapture room)
    {
        foreach (var publication in room.Publications.Values)
        {
            Detach(room, publication);
        }
    }

    private void Detach(RoomCapture room, PublicationInfo publication)
    {
        if (room.Attached.Remove(publication.Id, out var attachment))
        {
            attachment.Dispose();
            _engine.Stop(publication);
        }
    }

    private async Task OnFileOpenedAsync(CaptureHeader header, CancellationToken cancellationToken)
    {
        await _rows.OpenTrackAsync(header, cancellationToken);
        if (_rooms.TryGetValue(header.Seat.LessonId, out var room) && room.OpenGapId is { } gap)
        {
            room.OpenGapId = null;
            await _rows.EndGapAsync(gap, header.StartMs, cancellationToken);
        }
    }

    private async Task OnFileClosedAsync(CaptureHeader header, string? error, CancellationToken cancellationToken)
    {
        if (error is not null)
        {
            Log.DiskRefused(_logger, header.TrackId, error);
        }

        var path = Path.Combine(_spool, header.File);
        var duration = MatroskaFinisher.FinishOrMeasure(path);
        await _rows.CloseTrackAsync(header.TrackId, duration, new FileInfo(path).Length, cancellationToken);
    }

    private Task OnGapAsync(string lessonId, string? trackId, long fromMs, long toMs, string reason, CancellationToken cancellationToken)
    {
        if (reason.StartsWith("disk", StringComparison.Ordinal))
        {
            _watch.Refused(lessonId);
        }

        return _rows.AddGapAsync(lessonId, trackId, fromMs, toMs, reason, cancellationToken);
    }

    private Task LookAtSpoolAsync()
    {
        _watch.Look(_rooms.Keys);
        return Task.CompletedTask;
    }

    private long NowMs(RecordingSwitch recording) =>
        new LessonClock(_media.Clock.FromUtc(recording.LessonStart)).Ms(_media.Clock.Now);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Room {RoomId} has no lesson; it is not recorded.")]
        public static partial void NoLesson(ILogger logger, string roomId);

        [LoggerMessage(2, LogLevel.Warning, "{Codec} cannot be recorded: publication {PublicationId} is left out.")]
        public static partial void CodecNotRecorded(ILogger logger, string codec, string publicationId);

        [LoggerMessage(3, LogLevel.Information, "Publication {PublicationId} could not be attached: {Code}.")]
        public static partial void AttachFailed(ILogger logger, string publicationId, string code);

        [LoggerMessage(4, LogLevel.Error, "The disk refused track {TrackId}: {Error}")]
        public static partial void DiskRefused(ILogger logger, string trackId, string error);
    }
}
