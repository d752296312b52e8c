using Classroom.Data;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.TestKit.Hls;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>What happens to a seat in mid-lesson must not be seen in its replay or film: captured by the engine, finished and rendered by FFmpeg.</summary>
public sealed class OneSeatTests : IDisposable
{
    private const string Seat = "room1/TeacherCloseUp";
    private readonly CaptureRig _capture = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData("H264"), InlineData("VP8")]
    public async Task Replay_and_film_go_on_over_changes_of_size(string codec)
    {
        var media = SourceMedia.MakeChanging(codec, 2, "320x180", "160x90", "640x360", "180x320");
        _capture.Publish("p", "TeacherCloseUp", codec, new RtpSender(media, new Link(TimeSpan.Zero)).Send(CaptureRig.Bell));
        _capture.Run();
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddFileAsync(Seat, _capture.Finished(0), _capture.Opened[0].StartMs, 8000, codec);

        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.FinishRecording, PipelineRig.LessonId));
        await using var db = rig.Database.Create();
        var track = await db.RecordingTracks.SingleAsync(Cancel);
        var replay = rig.StorePath(track.PlaylistKey!);
        Assert.Equal((640, 360), (track.Width, track.Height));
        Assert.Empty(new HlsValidator().Check(replay));
        // Encoded pictures have one size; the last two seconds then stand upright between black bars, and their flashes do not fill the picture.
        var seat = new FlatStream(replay, rig.Folder.Path);
        AreSeconds(seat.Flashes, 0, codec == "VP8" ? 6 : 8);
        AreSeconds(seat.Beeps, 0, 8);

        var film = await FilmAsync(rig, 1_500, 7_500);
        Assert.Equal(360, film.Height);
        Assert.Equal(150, CaptureTests.Frames(rig.StorePath(film.Mp4Key), "v:0"));
        AreSeconds(MediaMarks.Flashes(rig.StorePath(film.Mp4Key)), 500, 4);
        AreSeconds(MediaMarks.Beeps(rig.StorePath(film.Mp4Key)), 500, 6);
        Assert.Equal("black", Pixels.At(rig.StorePath(film.Mp4Key), 140, 0.1, 0.5));
        Assert.Equal("white", Pixels.At(rig.StorePath(film.Mp4Key), 140, 0.5, 0.5));
    }

    [Fact]
    public async Task A_film_goes_on_over_the_border_between_two_files()
    {
        var arrivals = new RtpSender(SourceMedia.Make("H264", 8), new Link(TimeSpan.Zero)).Send(CaptureRig.Bell);
        _capture.Publish("p", "TeacherCloseUp", "H264", arrivals, soundFrom: CaptureRig.Bell + TimeSpan.FromSeconds(3));
        _capture.Run();
        await using var rig = await PipelineRig.CreateAsync();
        for (var i = 0; i < 2; i++)
        {
            var path = _capture.Finished(i);
            await rig.AddFileAsync(Seat, path, _capture.Opened[i].StartMs, (long)(CaptureTests.Duration(path) * 1000), "H264", hasSound: i == 1);
        }

        var film = rig.StorePath((await FilmAsync(rig, 2_500, 6_500)).Mp4Key);
        Assert.Equal(100, CaptureTests.Frames(film, "v:0"));
        AreSeconds(MediaMarks.Flashes(film), 500, 4);
        AreSeconds(MediaMarks.Beeps(film), 1500, 3);
        for (var frame = 35; frame < 40; frame++)
        {
            Assert.NotEqual("black", Pixels.At(film, frame, 0.5, 0.5));
        }
    }

    public void Dispose() => _capture.Dispose();

    private static async Task<Rendition> FilmAsync(PipelineRig rig, long inMs, long outMs)
    {
        var course = await rig.AddCourseAsync(new EditClip(inMs, outMs, EditLayout.Single, [Seat]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));
        await using var db = rig.Database.Create();
        return await db.Renditions.SingleAsync(Cancel);
    }

    /// <summary>One mark a second, each within two pictures of where it belongs.</summary>
    private static void AreSeconds(List<double> marks, double firstMs, int count)
    {
        Assert.Equal(count, marks.Count);
        Assert.All(marks, (mark, index) => Assert.InRange(mark - firstMs - (index * 1000), -80, 80));
    }
}
