using System.Globalization;
using Classroom.Data;
using Classroom.Recorder.Boards;
using Classroom.Recorder.Drafts;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Classroom.TestKit.Hls;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static Classroom.Recorder.Tests.Boards.Drawn;

namespace Classroom.Recorder.Tests.Boards;

/// <summary>Lessons with slides and ink, from the timeline to the film.</summary>
public sealed class BoardTrackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_film_shows_the_slides_while_the_class_saw_them_and_the_camera_before_and_after()
    {
        await using var rig = await TaughtAsync();

        var recording = await FilmAsync(rig);

        var track = Assert.Single(recording.Tracks, track => track.Group == "Surface");
        Assert.Equal(("board", null, "H264", null, 4300L, 15_700L), (track.ParticipantId, track.ClassroomId, track.VideoCodec, track.AudioCodec, track.StartMs, track.DurationMs));
        Assert.Empty(recording.Gaps);

        // The slides from 4.3 s, a second page at 8.1 s, the camera's next key frame after 11.2 s is at 12 s.
        var film = rig.StorePath(recording.DraftKey!);
        Valid(film, 20.02, discontinuities: 2);
        var stretches = Stretches(rig, recording.DraftKey!.Replace("master", "picture", StringComparison.Ordinal));
        Begin(stretches, 0, 4.3, 12);
        Assert.Equal(["red", "blue", "red"], [At(stretches[0], 4.1, 0.5, 0.9), At(stretches[1], 4.5, 0.5, 0.9), At(stretches[2], 12.2, 0.5, 0.9)]);
        Assert.Equal(["blue", "red"], [At(stretches[1], 5.7, 0.5, 0.18), At(stretches[1], 6.5, 0.5, 0.18)]);
        Assert.Equal(["blue", "green"], [At(stretches[1], 7.9, 0.5, 0.9), At(stretches[1], 8.4, 0.5, 0.9)]);
    }

    [Fact]
    public async Task The_seat_is_replayed_edited_and_stored_like_any_other()
    {
        await using var rig = await TaughtAsync();
        await FilmAsync(rig);
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));

        await using var db = rig.Database.Create();
        var track = await db.RecordingTracks.SingleAsync(track => track.Group == BoardTimes.Group, Cancel);
        Assert.Equal(TrackState.Stored, track.State);
        Valid(rig.StorePath(track.PlaylistKey!), 15.7, discontinuities: 0);
        Assert.Empty(Directory.EnumerateFiles(rig.Options.Value.SpoolFolder, "*", SearchOption.AllDirectories));

        var course = await rig.AddCourseAsync(new EditClip(9000, 11_000, EditLayout.SideBySide, ["board/Surface", "room1/TeacherCloseUp"]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));
        var film = rig.StorePath((await db.Renditions.SingleAsync(Cancel)).Mp4Key);
        Assert.Equal(["green", "red"], [Pixels.At(film, 20, 0.25, 0.5), Pixels.At(film, 20, 0.75, 0.5)]);

        Assert.Equal(JobState.Done, (await rig.DoAsync(JobKinds.AnalyseRecording, PipelineRig.LessonId)).State);
    }

    [Fact]
    public async Task The_job_that_runs_again_makes_no_second_seat_and_the_file_of_a_killed_worker_is_taken()
    {
        await using var rig = await TaughtAsync();
        var spool = Directory.CreateDirectory(Path.Combine(rig.Options.Value.SpoolFolder, PipelineRig.LessonId)).FullName;
        await File.WriteAllTextAsync(Path.Combine(spool, BoardTracks.IdOf(PipelineRig.LessonId) + ".mkv.new"), "half a film", Cancel);
        await FilmAsync(rig);
        var file = new FileInfo(Path.Combine(spool, BoardTracks.IdOf(PipelineRig.LessonId) + ".mkv"));
        var made = file.LastWriteTimeUtc;

        // Killed after the file was there and before its row was.
        await using (var db = rig.Database.Create())
        {
            await db.RecordingTracks.Where(track => track.Group == BoardTimes.Group).ExecuteDeleteAsync(Cancel);
        }

        await using (var db = rig.Database.Create())
        {
            var recording = await db.Recordings.Include(row => row.Tracks).Include(row => row.Gaps).SingleAsync(Cancel);
            var boards = new BoardTracks(rig.Database, new BoardFilm(rig.Ffmpeg, new PagePictures(rig.Store)), rig.Options, NullLogger<BoardTracks>.Instance);
            await boards.AddAsync(db, recording, static (_, _) => { }, Cancel);
            await boards.AddAsync(db, recording, static (_, _) => { }, Cancel);
        }

        await using var after = rig.Database.Create();
        Assert.Single(await after.RecordingTracks.Where(track => track.Group == BoardTimes.Group).ToListAsync(Cancel));
        file.Refresh();
        Assert.Equal(made, file.LastWriteTimeUtc);
        Assert.Equal([file.Name], Directory.EnumerateFiles(spool, "*board*").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("broken")]
    [InlineData("encoder")]
    public async Task What_cannot_be_filmed_is_said_and_the_film_is_made_without_it(string trouble)
    {
        using var folder = new TempFolder();
        await using var rig = await TaughtAsync(options => options.FfmpegPath = trouble == "encoder" ? FailingAtPipes(folder) : options.FfmpegPath);
        if (trouble != "encoder")
        {
            var page = rig.StorePath(PageKey(2));
            File.Delete(page);
            await File.WriteAllTextAsync(page, trouble == "broken" ? "no picture" : "", Cancel);
        }

        var recording = await FilmAsync(rig);

        Assert.DoesNotContain(recording.Tracks, track => track.Group == BoardTimes.Group);
        var gap = Assert.Single(recording.Gaps);
        Assert.Equal(("board", 4300L, 20_000L), (gap.Reason, gap.FromMs, gap.ToMs));
        Valid(rig.StorePath(recording.DraftKey!), 20.02, discontinuities: 0);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(rig.Options.Value.SpoolFolder, PipelineRig.LessonId), "*board*"));
    }

    [Fact]
    public async Task A_lesson_that_showed_nothing_has_no_such_seat()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 4);
        await rig.HappensAsync(0, "recording", new { state = "paused" });
        await rig.HappensAsync(500, "surface.show", new { surface = "board/1" });

        var recording = await FilmAsync(rig);

        Assert.Single(recording.Tracks);
        Assert.Empty(recording.Gaps);
    }

    [Fact]
    public async Task A_pause_is_not_in_the_film_though_slides_were_on_the_screens()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 6);
        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 30_000, 6);
        await rig.HappensAsync(2000, "surface.show", new { surface = "board/1" });
        await rig.HappensAsync(6000, "recording", new { state = "paused", reason = "private" });
        await rig.HappensAsync(7000, "stroke", Stroke("secret"));
        await rig.HappensAsync(8000, "stroke.gone", new { ids = new[] { "secret" } });
        await rig.HappensAsync(30_000, "recording", new { state = "on" });

        var recording = await FilmAsync(rig);

        Valid(rig.StorePath(recording.DraftKey!), 12.0, discontinuities: 2);
        var stretches = Stretches(rig, recording.DraftKey!.Replace("master", "picture", StringComparison.Ordinal));
        Begin(stretches, 0, 2, 30);
        Assert.Equal(["red", "white", "white"], [At(stretches[0], 1, 0.5, 0.5), At(stretches[1], 4, 0.5, 0.5), At(stretches[2], 33, 0.5, 0.5)]);

        // In the seat's own file the pause is a plain ground.
        var own = Stretches(rig, recording.Tracks.Single(track => track.Group == BoardTimes.Group).PlaylistKey!.Replace("seat.m3u8", "picture.m3u8", StringComparison.Ordinal));
        Assert.Equal("black", At(own[0], 7.5, 0.5, 0.18));
    }

    /// <summary>A camera, all red, from 0 to 20 s; a blue and a green page between 4.3 and 11.2 s, a red line on the first from 6 s on.</summary>
    private static async Task<PipelineRig> TaughtAsync(Action<RecorderOptions>? configure = null)
    {
        var rig = await PipelineRig.CreateAsync(configure);
        foreach (var (page, colour) in ((int, string)[])[(1, "blue"), (2, "lime")])
        {
            var picture = rig.Folder.File($"{page}.webp");
            Tool.Ffmpeg($"-f lavfi -i color={colour}:s=1920x1080 -frames:v 1 {picture}");
            await rig.Store.PutFileAsync(PageKey(page), picture, Cancel);
        }

        await rig.AddTrackAsync("room1/TeacherCloseUp", "red", 0, 20);
        await rig.HappensAsync(0, "stage", new { participantId = "p-room1", group = "TeacherCloseUp" });
        await rig.HappensAsync(4300, "surface.show", new { surface = "doc:deck/1" });
        await rig.HappensAsync(6000, "stroke", Stroke("line", "doc:deck/1", width: 40));
        await rig.HappensAsync(8100, "surface.show", new { surface = "doc:deck/2" });
        await rig.HappensAsync(11_200, "surface.show", new { surface = (string?)null });
        await rig.HappensAsync(20_000, "lesson.ended", new { });
        return rig;
    }

    private static string PageKey(int page) => $"lessons/{PipelineRig.LessonId}/documents/deck/pages/{page}-1920.webp";

    /// <summary>An FFmpeg that fails where it is to read from a pipe, and works otherwise.</summary>
    private static string FailingAtPipes(TempFolder folder)
    {
        var path = folder.File("ffmpeg");
        File.WriteAllText(path, "#!/bin/sh\ncase \"$*\" in *pipe:0*) echo 'no space in the encoder' >&2; exit 1;; esac\nexec ffmpeg \"$@\"\n");
        Tool.Run("chmod", "+x", path);
        return path;
    }

    private static async Task<Recording> FilmAsync(PipelineRig rig)
    {
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.DraftFilm, PipelineRig.LessonId));
        await using var db = rig.Database.Create();
        return await db.Recordings.AsNoTracking().AsSplitQuery().Include(row => row.Tracks).Include(row => row.Gaps).SingleAsync(Cancel);
    }

    private static void Valid(string playlist, double seconds, int discontinuities)
    {
        var validator = new HlsValidator();
        var broken = validator.Check(playlist);
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.Equal(seconds, validator.Seconds, 0.15);
        Assert.Equal(discontinuities, validator.Discontinuities);
    }

    private static IReadOnlyList<string> Stretches(PipelineRig rig, string picture) => HlsStretches.Write(rig.StorePath(picture), rig.Folder.Path);

    /// <summary>The stretches begin at these times, in seconds of the lesson. That there is no hole between them is the validator's.</summary>
    private static void Begin(IReadOnlyList<string> stretches, params double[] expected)
    {
        Assert.Equal(expected.Length, stretches.Count);
        Assert.All(expected.Zip(stretches), pair => Assert.Equal(pair.First, Times(pair.Second)[0], 0.1));
    }

    /// <summary>What is seen at a time of the lesson.</summary>
    private static string At(string stretch, double seconds, double x, double y) =>
        Pixels.At(stretch, Times(stretch).FindLastIndex(time => time <= seconds), x, y);

    private static List<double> Times(string stretch)
    {
        var lines = Tool.Ffprobe($"-show_entries packet=pts_time -of csv=p=0 {stretch}").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture) - (TrackFollower.EpochMs / 1000.0))];
    }
}
