using Classroom.MediaServer;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Matroska;
using Classroom.Rtc;

namespace Classroom.Recorder.Tests.Capture;

/// <summary>The capture engine on virtual time: no server, no thread, no waiting.</summary>
internal sealed class CaptureRig : ICaptureEvents, IDisposable
{
    public static readonly Instant Bell = Instant.FromMilliseconds(50_000);
    private readonly CaptureEngine _engine;
    private readonly List<(Instant At, Action Do)> _script = [];

    public CaptureRig() => _engine = new CaptureEngine(Spool.Path, 65_536, this);

    public TempFolder Spool { get; } = new();

    public List<CaptureHeader> Opened { get; } = [];

    public List<(CaptureHeader Header, string? Error)> Closed { get; } = [];

    public List<(string TrackId, long FromMs, long ToMs, string Reason)> Gaps { get; } = [];

    public List<string> KeyframeWishes { get; } = [];

    public long Dropped => _engine.Dropped;

    /// <summary>Publishes picture and sound of a group and lets everything arrive.</summary>
    /// <param name="soundFrom">When the microphone is published, if not with the picture.</param>
    /// <param name="soundUntil">When it goes away, if not with the picture.</param>
    public void Publish(string participant, string group, string codec, IReadOnlyList<Arrival> arrivals, Instant? soundFrom = null, Instant? soundUntil = null)
    {
        var video = Publication(participant, group, MediaKind.Video, codec, 90_000);
        var audio = Publication(participant, group, MediaKind.Audio, "opus", 48_000);
        IMediaSink? videoSink = null;
        IMediaSink? audioSink = null;
        var begin = arrivals[0].At - TimeSpan.FromMilliseconds(50);
        var end = arrivals[^1].At + TimeSpan.FromSeconds(1);
        At(begin, () => videoSink = _engine.Start(video, new LessonClock(Bell)));
        At(soundFrom ?? begin, () => audioSink = _engine.Start(audio, new LessonClock(Bell)));
        foreach (var arrival in arrivals)
        {
            At(arrival.At, () => Deliver(arrival.IsVideo ? videoSink : audioSink, arrival));
        }

        At(soundUntil ?? end, () => _engine.Stop(audio));
        At(end, () => _engine.Stop(video));
    }

    public void At(Instant at, Action action) => _script.Add((at, action));

    public void Run()
    {
        var now = Instant.MinValue;
        foreach (var step in _script.OrderBy(step => step.At).ToList())
        {
            // The thread looks every 10 ms; between two looks everything queues up.
            for (; now.Ticks > 0 && now < step.At; now += TimeSpan.FromMilliseconds(10))
            {
                _engine.Pump(now);
            }

            now = Instant.Max(now, step.At);
            step.Do();
        }

        _engine.CloseAll(now);
    }

    /// <summary>Path of the n-th file that was opened, finished as after the lesson.</summary>
    public string Finished(int index)
    {
        var path = Path(index);
        Assert.NotNull(MatroskaFinisher.Finish(path));
        return path;
    }

    public string Path(int index) => System.IO.Path.Combine(Spool.Path, Opened[index].File);

    public void Dispose() => Spool.Dispose();

    void ICaptureEvents.FileOpened(CaptureHeader header) => Opened.Add(header);

    void ICaptureEvents.FileClosed(CaptureHeader header, string? error) => Closed.Add((header, error));

    void ICaptureEvents.Gap(string lessonId, string trackId, long fromMs, long toMs, string reason) => Gaps.Add((trackId, fromMs, toMs, reason));

    void ICaptureEvents.KeyframeWanted(string roomId, string publicationId) => KeyframeWishes.Add(publicationId);

    private static PublicationInfo Publication(string participant, string group, MediaKind kind, string codec, int clockRate) =>
        new($"{participant}-{group}-{kind}", "lesson", participant, "room-" + participant, group, kind, codec, clockRate);

    private static void Deliver(IMediaSink? sink, Arrival arrival)
    {
        if (arrival.Packet is { } packet)
        {
            sink?.OnRtp(packet, arrival.At);
        }
        else
        {
            sink?.OnSenderReport(arrival.Ntp, arrival.Rtp, arrival.At, TimeSpan.Zero);
        }
    }
}
