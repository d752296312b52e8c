using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Classroom.Rtc;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Lessons;

/// <summary>A seat of a lesson that is made: the same pictures and sounds again and again, over a link and a clock of its own.</summary>
internal sealed record FedSeat(string Room, string Group, Link Link)
{
    public string Participant => $"p-{Room}";

    /// <summary>When a mark of the source was really there: its clock runs fast or slow.</summary>
    public double TrueMs(double sourceMs) => sourceMs / (1 + Link.Drift);

    /// <summary>How far a mark on the lesson clock is from where it was really.</summary>
    public double ErrorMs(double lessonMs) => lessonMs - TrueMs(Math.Round(lessonMs * (1 + Link.Drift) / 1000) * 1000);
}

/// <summary>
/// A whole lesson faster than it lasts: packets and sender reports with the times they would have, into the capture engine, whose files
/// the draft follows as in a running server.
/// </summary>
internal sealed class LessonFeed : ICaptureEvents
{
    private const int GrowEveryMs = 4000;
    private static readonly Instant Bell = CaptureRig.Bell;
    private readonly PipelineRig _rig;
    private readonly CaptureEngine _engine;
    private readonly RecordingRows _rows;
    private readonly ILookup<long, SourceFrame> _bySecond;
    private readonly SourceMedia _media;
    private readonly long _loopMs;
    private readonly List<(FedSeat Seat, RtpSender Sender, PublicationInfo Video, PublicationInfo Audio, IMediaSink VideoSink, IMediaSink AudioSink)> _seats = [];

    public LessonFeed(PipelineRig rig, SourceMedia media, int loopSeconds)
    {
        (_rig, _media, _loopMs) = (rig, media, loopSeconds * 1000);
        _engine = new CaptureEngine(rig.Options.Value.SpoolFolder, 1_000_000, this);
        _rows = new RecordingRows(rig.Database, rig.Queue);
        _bySecond = media.Frames.Where(frame => frame.Ms < _loopMs).OrderBy(frame => frame.Ms).ToLookup(frame => frame.Ms / 1000);
    }

    public IEnumerable<FedSeat> Seats => _seats.Select(seat => seat.Seat);

    public long Dropped => _engine.Dropped;

    public void Add(FedSeat seat)
    {
        var video = Publication(seat, MediaKind.Video, "H264", 90_000);
        var audio = Publication(seat, MediaKind.Audio, "opus", 48_000);
        var clock = new LessonClock(Bell);
        _seats.Add((seat, new RtpSender(_media, seat.Link), video, audio, _engine.Start(video, clock)!, _engine.Start(audio, clock)!));
    }

    /// <summary>Lets the lesson run, and the draft beside it; then the files are closed.</summary>
    public async Task RunAsync(int seconds, CancellationToken cancellationToken)
    {
        await SetStateAsync(RecordingState.Capturing, cancellationToken);
        var now = Bell;
        for (var second = 0; second < seconds; second++)
        {
            var loop = second * 1000L / _loopMs * _loopMs;
            var frames = _bySecond[second * 1000L % _loopMs / 1000].Select(frame => frame with { Ms = frame.Ms + loop }).ToList();
            foreach (var (arrival, sink) in Arrivals(frames).OrderBy(entry => entry.Arrival.At))
            {
                for (; now < arrival.At; now += TimeSpan.FromMilliseconds(10))
                {
                    _engine.Pump(now);
                }

                Deliver(sink, arrival);
            }

            if (second * 1000 % GrowEveryMs == 0)
            {
                await GrowAsync(cancellationToken);
            }
        }

        foreach (var seat in _seats)
        {
            _engine.Stop(seat.Audio);
            _engine.Stop(seat.Video);
        }

        _engine.CloseAll(now);
        await SetStateAsync(RecordingState.Finishing, cancellationToken);
    }

    void ICaptureEvents.FileOpened(CaptureHeader header) => _rows.OpenTrackAsync(header, CancellationToken.None).GetAwaiter().GetResult();

    void ICaptureEvents.FileClosed(CaptureHeader header, string? error)
    {
        var path = Path.Combine(_rig.Options.Value.SpoolFolder, header.File);
        _rows.CloseTrackAsync(header.TrackId, MatroskaFinisher.FinishOrMeasure(path), new FileInfo(path).Length, CancellationToken.None).GetAwaiter().GetResult();
    }

    void ICaptureEvents.Gap(string lessonId, string trackId, long fromMs, long toMs, string reason)
    {
        // Told apart by the tests of capture.
    }

    void ICaptureEvents.KeyframeWanted(string roomId, string publicationId)
    {
        // The source has one every two seconds.
    }

    private IEnumerable<(Arrival Arrival, IMediaSink Sink)> Arrivals(List<SourceFrame> frames) =>
        _seats.SelectMany(seat => seat.Sender.Send(Bell, frames).Select(arrival => (arrival, arrival.IsVideo ? seat.VideoSink : seat.AudioSink)));

    private async Task GrowAsync(CancellationToken cancellationToken)
    {
        var draft = _rig.Drafts.Of(PipelineRig.LessonId);
        await using var db = _rig.Database.Create();
        draft.Follow(await db.RecordingTracks.AsNoTracking().ToListAsync(cancellationToken));
        await draft.MixAsync(isOver: false, static _ => { }, cancellationToken);
        await draft.StoreAsync(cancellationToken);
    }

    private async Task SetStateAsync(RecordingState state, CancellationToken cancellationToken)
    {
        await using var db = _rig.Database.Create();
        await db.Recordings.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), cancellationToken);
    }

    private static void Deliver(IMediaSink sink, Arrival arrival)
    {
        if (arrival.Packet is { } packet)
        {
            sink.OnRtp(packet, arrival.At);
        }
        else
        {
            sink.OnSenderReport(arrival.Ntp, arrival.Rtp, arrival.At, TimeSpan.Zero);
        }
    }

    private static PublicationInfo Publication(FedSeat seat, MediaKind kind, string codec, int clockRate) =>
        new($"{seat.Participant}-{seat.Group}-{kind}", PipelineRig.LessonId, seat.Participant, seat.Room, seat.Group, kind, codec, clockRate);
}
