using System.Security.Cryptography;
using Classroom.Data;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

public sealed class JobTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_is_stored_made_playable_and_leaves_the_spool()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var teacher = await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 200, 5);
        var pupils = await rig.AddTrackAsync("room2/StudentPanorama", "blue", 1500, 4, "VP8");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(rig.Options.Value.SpoolFolder, teacher.SpoolFile!), Cancel)));

        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.FinishRecording, PipelineRig.LessonId));

        await using var db = rig.Database.Create();
        var recording = await db.Recordings.Include(row => row.Tracks).SingleAsync(Cancel);
        Assert.Equal(RecordingState.Ready, recording.State);
        Assert.Equal(5500, recording.DurationMs);
        Assert.All(recording.Tracks, track => Assert.Equal(TrackState.Stored, track.State));
        Assert.Equal(hash, recording.Tracks.Single(track => track.Id == teacher.Id).Sha256);
        Assert.True(File.Exists(rig.StorePath(recording.CoverKey!)));
        Assert.False(File.Exists(Path.Combine(rig.Options.Value.SpoolFolder, pupils.SpoolFile!)));
        foreach (var (track, seconds) in recording.Tracks.Select(track => (track, track.DurationMs / 1000.0)))
        {
            Assert.Equal(seconds, CaptureTests.Duration(rig.StorePath(track.PlaylistKey!)), 0.2);
            Assert.Equal("h264", Tool.Ffprobe($"-select_streams v:0 -show_entries stream=codec_name -of csv=p=0 {rig.StorePath(track.PlaylistKey!)}").Split("\n")[0]);
        }
    }

    [Fact]
    public async Task Doing_it_again_changes_nothing()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 2);
        await rig.DoAsync(JobKinds.FinishRecording, PipelineRig.LessonId);
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.FinishRecording, PipelineRig.LessonId));
    }

    [Fact]
    public async Task A_micro_course_is_rendered_in_three_layouts_exact_to_the_frame()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 8);
        await rig.AddTrackAsync("room2/StudentPanorama", "blue", 1000, 5);
        await rig.DoAsync(JobKinds.FinishRecording, PipelineRig.LessonId);
        var course = await rig.AddCourseAsync(
            new EditClip(1_000, 2_000, EditLayout.Single, ["room1/TeacherCloseUp"]),
            new EditClip(4_000, 5_000, EditLayout.SideBySide, ["room1/TeacherCloseUp", "room2/StudentPanorama"]),
            new EditClip(5_000, 7_000, EditLayout.PictureInPicture, ["room1/TeacherCloseUp", "room2/StudentPanorama"]));

        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));

        await using var db = rig.Database.Create();
        var row = await db.MicroCourses.Include(item => item.Rendition).SingleAsync(Cancel);
        Assert.Equal(CourseState.Ready, row.State);
        Assert.Equal(4000, row.Rendition!.DurationMs);
        var film = rig.StorePath(row.Rendition.Mp4Key);
        Assert.Equal(100, CaptureTests.Frames(film, "v:0"));
        Assert.Equal("red", Pixels.At(film, 24, 0.75, 0.5));
        Assert.Equal("red", Pixels.At(film, 25, 0.25, 0.5));
        Assert.Equal("blue", Pixels.At(film, 25, 0.75, 0.5));
        Assert.Equal("black", Pixels.At(film, 25, 0.75, 0.05));
        Assert.Equal("blue", Pixels.At(film, 49, 0.75, 0.5));
        Assert.Equal("red", Pixels.At(film, 50, 0.5, 0.5));
        Assert.Equal("blue", Pixels.At(film, 74, 0.85, 0.85));
        // The second seat ends at 6 s on the lesson clock: its picture goes black, the film goes on.
        Assert.Equal("black", Pixels.At(film, 75, 0.85, 0.85));
        Assert.Equal("red", Pixels.At(film, 99, 0.5, 0.5));
    }

    [Fact]
    public async Task A_film_has_three_rungs_cover_and_storyboard()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "green", 0, 10);
        var course = await rig.AddCourseAsync(new EditClip(500, 9_500, EditLayout.Single, ["room1/TeacherCloseUp"]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));

        await using var db = rig.Database.Create();
        var film = await db.Renditions.SingleAsync(Cancel);
        var master = rig.StorePath(film.HlsKey);
        // Three rungs, and the sound alone.
        Assert.Equal(4, File.ReadLines(master).Count(line => line.StartsWith("#EXT-X-STREAM-INF", StringComparison.Ordinal)));
        Assert.Contains("CODECS=\"avc1.4", await File.ReadAllTextAsync(master, Cancel), StringComparison.Ordinal);
        Assert.Equal(9.0, CaptureTests.Duration(master), 0.15);
        Assert.Equal("1600,90", Size(rig.StorePath(film.StoryboardKey)));
        Assert.Equal(9, File.ReadLines(rig.StorePath(film.StoryboardVttKey)).Count(line => line.Contains("#xywh=", StringComparison.Ordinal)));
        Assert.Equal("320,180", Size(rig.StorePath(film.CoverKey)));
        Assert.Equal("green", Pixels.At(rig.StorePath(film.CoverKey), 0, 0.5, 0.5));
        foreach (var rung in (string[])["180p", "136p", "90p"])
        {
            // Segments begin with key frames at the same times on every rung.
            var starts = File.ReadLines(rig.StorePath(film.HlsKey.Replace("master", $"{rung}/index", StringComparison.Ordinal))).Where(line => line.StartsWith("#EXTINF", StringComparison.Ordinal));
            Assert.Equal(["#EXTINF:4.000000,", "#EXTINF:4.000000,", "#EXTINF:1.000000,"], starts);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_a_video_fails_at_once_and_says_so()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var track = await rig.AddTrackAsync("room1/TeacherCloseUp", "green", 0, 2);
        await File.WriteAllTextAsync(Path.Combine(rig.Options.Value.SpoolFolder, track.SpoolFile!), "#EXTM3U\nhttp://127.0.0.1:1/secret", Cancel);
        var course = await rig.AddCourseAsync(new EditClip(0, 1_000, EditLayout.Single, ["room1/TeacherCloseUp"]));
        var job = await rig.DoAsync(JobKinds.RenderCourse, course);

        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("is not a video", job.Error, StringComparison.Ordinal);
        Assert.Equal("broken_file", job.ErrorCode);
        await using var db = rig.Database.Create();
        Assert.Equal(CourseState.Failed, (await db.MicroCourses.SingleAsync(Cancel)).State);
    }

    [Fact]
    public async Task A_seat_that_was_not_recorded_is_named()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "green", 0, 2);
        var course = await rig.AddCourseAsync(new EditClip(0, 1_000, EditLayout.Single, ["room9/Board"]));
        Assert.Equal("The recording has no seat room9/Board.", (await rig.DoAsync(JobKinds.RenderCourse, course)).Error);
    }

    [Fact]
    public async Task A_missing_encoder_is_said_and_tried_again_later()
    {
        await using var rig = await PipelineRig.CreateAsync(options => options.FfmpegPath = "no-such-ffmpeg");
        await rig.AddTrackAsync("room1/TeacherCloseUp", "green", 0, 2);
        var job = await rig.DoAsync(JobKinds.FinishRecording, PipelineRig.LessonId);
        Assert.Equal(JobState.Queued, job.State);
        Assert.StartsWith("no-such-ffmpeg is not installed", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_refuses_is_said_and_the_spool_is_kept()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var track = await rig.AddTrackAsync("room1/TeacherCloseUp", "green", 0, 2);
        await File.WriteAllTextAsync(rig.Options.Value.StoreFolder, "a file where the folder should be", Cancel);
        var job = await rig.DoAsync(JobKinds.FinishRecording, PipelineRig.LessonId);

        Assert.Equal(JobState.Queued, job.State);
        Assert.Contains("could not be stored", job.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(rig.Options.Value.SpoolFolder, track.SpoolFile!)));
    }

    [Fact]
    public async Task A_cancelled_render_stops_its_encoder_and_gives_the_draft_back()
    {
        await using var rig = await PipelineRig.CreateAsync(options => options.Preset = "medium");
        await rig.AddTrackAsync("room1/TeacherCloseUp", "green", 0, 60);
        // The same minute a hundred times: long enough that only a cancel ends it in time.
        var course = await rig.AddCourseAsync([.. Enumerable.Repeat(new EditClip(0, 60_000, EditLayout.Single, ["room1/TeacherCloseUp"]), 100)]);
        var id = await rig.Queue.EnqueueAsync(JobKinds.RenderCourse, course, cancellationToken: Cancel);
        var work = rig.Worker.RunNextAsync("worker", Cancel);
        while ((await rig.Queue.FindAsync(id, Cancel))!.State != JobState.Running)
        {
            await Task.Yield();
        }

        Assert.True(await rig.Queue.CancelAsync(id, Cancel));
        Assert.True(await work);
        Assert.Equal(JobState.Cancelled, (await rig.Queue.FindAsync(id, Cancel))!.State);
        await using var db = rig.Database.Create();
        Assert.Equal(CourseState.Draft, (await db.MicroCourses.SingleAsync(Cancel)).State);
        Assert.False(Directory.Exists(Path.Combine(rig.Options.Value.SpoolFolder, "work", id)));
    }

    private static string Size(string picture) => Tool.Ffprobe($"-select_streams v:0 -show_entries stream=width,height -of csv=p=0 {picture}").Trim();
}
