using Classroom.Data;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Classroom.TestKit.Hls;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Drafts;

public sealed class DraftFilmTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_film_shows_the_seat_on_the_stage_and_changes_at_its_next_key_frame()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 20);
        await rig.AddTrackAsync("room2/StudentPanorama", "blue", 1000, 16);
        await rig.HappensAsync(0, "stage", new { participantId = "p-room1", group = "TeacherCloseUp" });
        await rig.HappensAsync(5_500, "stage", new { participantId = "p-room2", group = "StudentPanorama" });
        await rig.HappensAsync(12_100, "stage", new { participantId = "p-room1", group = "TeacherCloseUp" });

        var recording = await MakeAsync(rig);

        // Key frames are two seconds apart: the blue seat's, on the lesson clock, at 7 s; the red one's at 14 s.
        var film = rig.StorePath(recording.DraftKey!);
        Valid(film, 20.02, discontinuities: 2);
        Assert.Equal("red", Pixels.At(film, 174, 0.5, 0.5));
        Assert.Equal("blue", Pixels.At(film, 175, 0.5, 0.5));
        Assert.Equal("blue", Pixels.At(film, 349, 0.5, 0.5));
        Assert.Equal("red", Pixels.At(film, 350, 0.5, 0.5));
        Assert.Equal(20.0, CaptureTests.Duration(film), 0.1);
    }

    [Fact]
    public async Task Every_seat_can_be_replayed_as_soon_as_there_is_a_film()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 12);
        await rig.AddTrackAsync("room2/StudentPanorama", "blue", 700, 9);

        var recording = await MakeAsync(rig);

        Assert.All(recording.Tracks, track => Assert.Equal(TrackState.Captured, track.State));
        foreach (var track in recording.Tracks)
        {
            Valid(rig.StorePath(track.PlaylistKey!), track.DurationMs / 1000.0, discontinuities: 0);
        }
    }

    [Fact]
    public async Task Time_in_which_nobody_sends_a_picture_is_left_out()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 6);
        await rig.AddTrackAsync("room1/TeacherCloseUp", "blue", 60_000, 6);

        var recording = await MakeAsync(rig);

        var film = rig.StorePath(recording.DraftKey!);
        Valid(film, 12.0, discontinuities: 1);
        Assert.Equal("red", Pixels.At(film, 149, 0.5, 0.5));
        Assert.Equal("blue", Pixels.At(film, 155, 0.5, 0.5));
    }

    [Fact]
    public async Task A_seat_that_cannot_be_copied_is_encoded_first_and_then_in_the_film()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 6);
        await rig.AddTrackAsync("room2/StudentPanorama", "blue", 1000, 5, "VP8");
        await rig.HappensAsync(2_500, "stage", new { participantId = "p-room2", group = "StudentPanorama" });

        Assert.Null((await MakeAsync(rig)).DraftKey);
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));

        await using var db = rig.Database.Create();
        Assert.Null((await db.Jobs.SingleAsync(job => job.Kind == JobKinds.FinishRecording, Cancel)).Error);
        var recording = await db.Recordings.Include(row => row.Tracks).SingleAsync(Cancel);
        Assert.Equal(RecordingState.Ready, recording.State);
        Valid(rig.StorePath(recording.DraftKey!), 6.0, discontinuities: 1);
        var stretches = HlsStretches.Write(rig.StorePath(recording.DraftKey!.Replace("master", "picture", StringComparison.Ordinal)), rig.Folder.Path);
        Assert.Equal(["red", "blue"], stretches.Select(stretch => Pixels.At(stretch, 10, 0.5, 0.5)));
        Assert.All(recording.Tracks, track => Valid(rig.StorePath(track.PlaylistKey!), track.DurationMs / 1000.0, discontinuities: 0));
    }

    [Fact]
    public async Task Slides_and_marks_are_chapters_in_both_languages()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 2_000, 40);
        await rig.HappensAsync(500, "slides.open", new { documentId = "d1", title = "分数", pages = new[] { new { width = 4, height = 3, title = "" }, new { width = 4, height = 3, title = "约分 <1/2>" } } });
        await rig.HappensAsync(500, "surface.show", new { surface = "doc:d1/1" });
        await rig.HappensAsync(14_000, "surface.show", new { surface = "doc:d1/2" });
        await rig.HappensAsync(24_000, "mark", new { label = "通分" });
        await rig.HappensAsync(34_000, "surface.show", new { surface = "board/1" });

        await MakeAsync(rig);

        var folder = Path.GetDirectoryName(rig.StorePath($"recordings/{PipelineRig.LessonId}/film/master.m3u8"))!;
        Assert.Equal(
            ["分数 · 第 1 页", "约分 &lt;1/2&gt;", "★ 通分", "白板 1"],
            Titles(Path.Combine(folder, "chapters.zh.vtt")));
        Assert.Equal(["分数 · page 1", "约分 &lt;1/2&gt;", "★ 通分", "Whiteboard 1"], Titles(Path.Combine(folder, "chapters.en.vtt")));
        Assert.Contains("00:00:11.993 --> 00:00:21.993", await File.ReadAllTextAsync(Path.Combine(folder, "chapters.zh.vtt"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_without_pictures_has_no_film_but_its_sound()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var path = rig.Folder.File("sound.mkv");
        SourceMedia.Write(path, "none", 6);
        await rig.AddFileAsync("room1/TeacherCloseUp", path, 0, 6000, codec: null);

        var recording = await MakeAsync(rig);

        Assert.Null(recording.DraftKey);
        Valid(rig.StorePath(recording.Tracks[0].PlaylistKey!), 6.0, discontinuities: 0);
    }

    private static string[] Titles(string vtt) => [.. File.ReadAllText(vtt).Split("\n\n").Skip(1).Select(cue => cue.Trim().Split('\n')[1])];

    private static async Task<Recording> MakeAsync(PipelineRig rig)
    {
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.DraftFilm, PipelineRig.LessonId));
        await using var db = rig.Database.Create();
        return await db.Recordings.AsNoTracking().Include(row => row.Tracks).SingleAsync(Cancel);
    }

    private static void Valid(string playlist, double seconds, int discontinuities)
    {
        var validator = new HlsValidator();
        var broken = validator.Check(playlist);
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.Equal(seconds, validator.Seconds, 0.15);
        Assert.Equal(discontinuities, validator.Discontinuities);
    }
}
