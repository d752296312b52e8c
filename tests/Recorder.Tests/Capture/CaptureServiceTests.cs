using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Rtc;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Tests.Capture;

/// <summary>From events of rooms to rows: lesson, pause, end, and the start after a kill.</summary>
public sealed class CaptureServiceTests : IAsyncLifetime
{
    private static readonly PublicationInfo Video = new("v1", "lesson", "p", "room1", "TeacherCloseUp", MediaKind.Video, "H264", 90_000);
    private static readonly PublicationInfo Audio = new("a1", "lesson", "p", "room1", "TeacherCloseUp", MediaKind.Audio, "opus", 48_000);
    private static readonly SourceMedia Media = SourceMedia.Make("H264", 2);
    private readonly TempFolder _folder = new();
    private readonly FakeMediaServer _media = new();
    private TestDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestProvider.Sqlite);
        await using var db = _database.Create();
        db.Lessons.Add(new Lesson { Id = "lesson", Title = "分数", State = LessonState.Live });
        await db.SaveChangesAsync(Cancel);
    }

    [Fact]
    public async Task A_lesson_with_a_pause_has_two_tracks_and_a_marked_gap_and_is_queued_at_its_end()
    {
        using var service = await StartAsync();
        _media.Tell(room => room.OnRoomOpened("lesson"));
        _media.Tell(room => room.OnPublicationAdded(Video));
        _media.Tell(room => room.OnPublicationAdded(Audio));
        _media.Tell(room => room.OnRecording("lesson", new RecordingSwitch(true, _media.ToUtc(_media.Start))));
        await SendAsync(null);
        await UntilAsync(db => db.RecordingTracks.AnyAsync(track => track.State == TrackState.Capturing, Cancel));
        var before = _media.Sink("v1");
        _media.Tell(room => room.OnRecording("lesson", new RecordingSwitch(false, _media.ToUtc(_media.Start), "家长来访")));
        await UntilAsync(db => db.RecordingTracks.AnyAsync(track => track.State == TrackState.Captured, Cancel));
        _media.Tell(room => room.OnRecording("lesson", new RecordingSwitch(true, _media.ToUtc(_media.Start))));
        await SendAsync(before);
        await UntilAsync(async db => await db.RecordingTracks.CountAsync(Cancel) == 2);
        await EndLessonAsync();
        _media.Tell(room => room.OnRecording("lesson", new RecordingSwitch(false, _media.ToUtc(_media.Start))));
        _media.Tell(room => room.OnRoomClosed("lesson"));
        await UntilAsync(db => db.Jobs.AnyAsync(job => job.Kind == JobKinds.DraftFilm && job.SubjectId == "lesson", Cancel));
        await service.StopAsync(Cancel);

        await using var db = _database.Create();
        var tracks = await db.RecordingTracks.OrderBy(track => track.StartMs).ToListAsync(Cancel);
        Assert.All(tracks, track => Assert.Equal((TrackState.Captured, "H264", "opus", 320, 180), (track.State, track.VideoCodec!, track.AudioCodec!, track.Width, track.Height)));
        Assert.All(tracks, track => Assert.InRange(track.DurationMs, 1500, 2100));
        var gap = await db.RecordingGaps.SingleAsync(Cancel);
        Assert.Equal("paused: 家长来访", gap.Reason);
        Assert.True(gap.ToMs > gap.FromMs);
    }

    [Fact]
    public async Task Of_somebody_who_is_not_to_be_recorded_nothing_is_kept()
    {
        var (picture, sound) = (Video with { Id = "v2", ParticipantId = "child", Group = "camera", IsNotRecorded = true }, Audio with { Id = "a2", ParticipantId = "child", Group = "camera", IsNotRecorded = true });
        using var service = await StartAsync();
        _media.Tell(room => room.OnPublicationAdded(picture));
        _media.Tell(room => room.OnPublicationAdded(sound));
        _media.Tell(room => room.OnRecording("lesson", new RecordingSwitch(true, _media.ToUtc(_media.Start))));
        _media.Tell(room => room.OnPublicationAdded(Video));
        _media.Tell(room => room.OnPublicationAdded(Audio));
        await SendAsync(null);
        await UntilAsync(db => db.RecordingTracks.AnyAsync(track => track.State == TrackState.Capturing, Cancel));
        _media.Tell(room => room.OnPublicationRemoved(picture));
        await service.StopAsync(Cancel);

        Assert.Null(_media.Sink("v2"));
        Assert.Null(_media.Sink("a2"));
        await using var db = _database.Create();
        var track = await db.RecordingTracks.SingleAsync(Cancel);
        Assert.Equal("p", track.ParticipantId);
        Assert.Equal([track.Id + ".json", track.Id + ".mkv"], Directory.EnumerateFiles(_folder.File("spool"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_key_frame_between_the_attachment_of_picture_and_sound_does_not_split_the_file()
    {
        using var service = await StartAsync();
        _media.WhileAttaching = id =>
        {
            if (id == Video.Id)
            {
                SendPicturesWhenConnected();
            }
        };
        _media.Tell(room => room.OnPublicationAdded(Video));
        _media.Tell(room => room.OnPublicationAdded(Audio));
        _media.Tell(room => room.OnRecording("lesson", new RecordingSwitch(true, _media.ToUtc(_media.Start))));
        await UntilAsync(db => db.RecordingTracks.AnyAsync(track => track.State == TrackState.Capturing, Cancel));
        await SendAsync(null);
        await service.StopAsync(Cancel);

        await using var db = _database.Create();
        Assert.Equal("opus", (await db.RecordingTracks.SingleAsync(Cancel)).AudioCodec);
    }

    [Fact]
    public async Task After_a_kill_the_file_gets_its_length_and_the_hole_is_a_gap()
    {
        var (trackId, spool) = ("0123", _folder.File("spool/lesson"));
        using (var rig = new CaptureRig())
        {
            rig.Publish("p", "TeacherCloseUp", "H264", new RtpSender(Media, new Link(TimeSpan.Zero)).Send(CaptureRig.Bell));
            rig.Run();
            Directory.CreateDirectory(spool);
            var whole = await File.ReadAllBytesAsync(rig.Path(0), Cancel);
            await File.WriteAllBytesAsync(Path.Combine(spool, trackId + ".mkv"), whole[..(whole.Length * 3 / 4)], Cancel);
            var header = rig.Opened[0] with { TrackId = trackId, File = $"lesson/{trackId}.mkv" };
            await File.WriteAllTextAsync(Path.Combine(spool, trackId + ".json"), System.Text.Json.JsonSerializer.Serialize(header, CaptureJson.Options) + "\n{broken", Cancel);
        }

        using var service = await StartAsync();
        await UntilAsync(db => db.RecordingGaps.AnyAsync(gap => gap.Reason == "restart", Cancel));
        await service.StopAsync(Cancel);

        await using var db = _database.Create();
        var track = await db.RecordingTracks.SingleAsync(Cancel);
        Assert.Equal(TrackState.Captured, track.State);
        Assert.InRange(track.DurationMs, 1000, 2000);
        Assert.Equal(track.StartMs + track.DurationMs, (await db.RecordingGaps.SingleAsync(Cancel)).FromMs);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<CaptureService> StartAsync()
    {
        var options = Options.Create(new RecorderOptions { SpoolFolder = _folder.File("spool") });
        var service = new CaptureService(_media, new RecordingRows(_database, new JobQueue(_database, TimeProvider.System)), options, TimeProvider.System, NullLogger<CaptureService>.Instance);
        await service.StartAsync(Cancel);
        await UntilAsync(_ => Task.FromResult(_media.Observers.Count > 0));
        return service;
    }

    /// <summary>Sends two seconds of media at once, stamped as if they had just come in; sinks of an earlier attachment are not used.</summary>
    private async Task SendAsync(IMediaSink? before)
    {
        await UntilAsync(_ => Task.FromResult(_media.Sink("v1") is { } sink && sink != before && _media.Sink("a1") is not null));
        // The capture thread connects sinks within one look; a first packet tells when it has.
        await UntilAsync(_ => Task.FromResult(((CaptureSink)_media.Sink("v1")!).IsConnected && ((CaptureSink)_media.Sink("a1")!).IsConnected));
        foreach (var arrival in new RtpSender(Media, new Link(TimeSpan.Zero)).Send(_media.Now))
        {
            var sink = _media.Sink(arrival.IsVideo ? "v1" : "a1")!;
            if (arrival.Packet is { } packet)
            {
                sink.OnRtp(packet, arrival.At);
            }
            else
            {
                sink.OnSenderReport(arrival.Ntp, arrival.Rtp, arrival.At, TimeSpan.Zero);
            }
        }
    }

    private void SendPicturesWhenConnected()
    {
        var sink = (CaptureSink)_media.Sink(Video.Id)!;
        SpinWait.SpinUntil(() => sink.IsConnected);
        foreach (var arrival in new RtpSender(Media, new Link(TimeSpan.Zero)).Send(_media.Now).Where(arrival => arrival is { IsVideo: true, Packet: not null }))
        {
            sink.OnRtp(arrival.Packet, arrival.At);
        }

        // The capture thread opens the file before the sound is attached.
        Directory.CreateDirectory(_folder.File("spool"));
        SpinWait.SpinUntil(() => Directory.EnumerateFiles(_folder.File("spool"), "*.mkv", SearchOption.AllDirectories).Any());
    }

    private async Task EndLessonAsync()
    {
        await using var db = _database.Create();
        await db.Lessons.ExecuteUpdateAsync(set => set.SetProperty(lesson => lesson.State, LessonState.Ended), Cancel);
    }

    private async Task UntilAsync(Func<ClassroomDb, Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var db = _database.Create();
            if (await condition(db))
            {
                return;
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
