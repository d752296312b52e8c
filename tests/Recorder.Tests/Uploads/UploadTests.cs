using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Classroom.Recorder.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Recorder.Tests.Uploads;

/// <summary>Films from elsewhere: in pieces, over restarts, looked at, and then recordings like any other.</summary>
public sealed class UploadTests
{
    private static readonly Caller Editor = new("editor", AccountRole.Editor, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_film_in_pieces_goes_on_after_a_restart_and_becomes_a_recording_that_can_be_edited()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var film = rig.Folder.File("appliance.mp4");
        Tool.Ffmpeg($"-f lavfi -i color=red:s=640x360:r=25 -f lavfi -i sine=f=440:r=44100 -t 4 -c:v libx264 -preset ultrafast -bf 2 -pix_fmt yuv420p -c:a aac {film}");
        var bytes = await File.ReadAllBytesAsync(film, Cancel);
        var half = bytes.Length / 2;

        var id = await CreateAsync(rig, bytes.Length, "外校的课");
        Assert.Equal(half, (await AppendAsync(rig, id, 0, bytes[..half])).Offset);
        Assert.Equal(half, (await DoAsync(rig, desk => desk.OffsetAsync(Editor, id, Cancel))).Offset);
        Assert.Equal(bytes.Length, (await AppendAsync(rig, id, half, bytes[half..])).Offset);
        for (var job = 0; job < 4; job++)
        {
            Assert.True(await rig.Worker.RunNextAsync("worker", Cancel)); // Reading in, film, finishing, analysis.
        }

        await using var db = rig.Database.Create();
        Assert.Equal([], await db.Jobs.Where(job => job.State != JobState.Done).Select(job => job.Error).ToListAsync(Cancel));
        var recording = await db.Recordings.Include(row => row.Tracks).Include(row => row.Lesson).SingleAsync(row => row.LessonId == id, Cancel);
        var track = Assert.Single(recording.Tracks);
        Assert.Equal((RecordingState.Ready, "外校的课", LessonState.Ended, TrackState.Stored), (recording.State, recording.Lesson!.Title, recording.Lesson.State, track.State));
        Assert.NotNull(recording.DraftKey);
        Assert.InRange(track.DurationMs, 3900, 4200);
        Assert.False(Directory.EnumerateFiles(rig.Options.Value.SpoolFolder, "*", SearchOption.AllDirectories).Any());

        var course = new MicroCourse { LessonId = id, Title = "微课", AuthorAccountId = "editor", EditJson = new EditList([new EditClip(1_000, 3_000, EditLayout.Single, [SeatRefs.Of(track)])]).ToJson(), State = CourseState.Rendering };
        db.MicroCourses.Add(course);
        await db.SaveChangesAsync(Cancel);
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course.Id));
        var made = rig.StorePath((await db.Renditions.SingleAsync(Cancel)).Mp4Key);
        Assert.Equal((50, "red"), (CaptureTests.Frames(made, "v:0"), Pixels.At(made, 25, 0.5, 0.5)));
    }

    [Theory]
    [InlineData(0, 10, "upload_offset"), InlineData(6, 1, "upload_offset"), InlineData(5, 96, "upload_offset")]
    public async Task A_piece_that_does_not_fit_changes_nothing_that_was_there(int offset, int bytes, string code)
    {
        await using var rig = await PipelineRig.CreateAsync();
        var id = await CreateAsync(rig, 100, "课");
        await AppendAsync(rig, id, 0, new byte[5]);

        Assert.Equal(code, (await AppendAsync(rig, id, offset, new byte[bytes])).Problem?.Code);
        Assert.Equal((5, null), Plain(await DoAsync(rig, desk => desk.OffsetAsync(Editor, id, Cancel))));
    }

    [Fact]
    public async Task An_upload_is_its_owners_alone_and_bounded()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var id = await CreateAsync(rig, 100, "课");
        var other = Editor with { AccountId = "other" };

        Assert.Equal("upload_not_found", (await DoAsync(rig, desk => desk.OffsetAsync(other, id, Cancel))).Problem?.Code);
        Assert.Equal("upload_not_found", (await DoAsync(rig, desk => desk.DeleteAsync(other, id, Cancel)))?.Code);
        Assert.Equal("upload_too_large", (await DoAsync(rig, desk => desk.CreateAsync(Editor, UploadDesk.MostBytes + 1, "课", "a.mp4", null, Cancel))).Problem?.Code);
        Assert.Equal("upload_too_large", (await DoAsync(rig, desk => desk.CreateAsync(Editor, 0, "课", "a.mp4", null, Cancel))).Problem?.Code);
        Assert.Null(await DoAsync(rig, desk => desk.DeleteAsync(Editor, id, Cancel)));
        Assert.Empty(await DoAsync(rig, desk => desk.ListAsync(Editor, Cancel)));
        Assert.False(File.Exists(Files(rig).PathOf(id)));
    }

    [Theory, InlineData("this is no film"), InlineData("#EXTM3U\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n"), InlineData("ffconcat version 1.0\nfile '{0}'\n")]
    public async Task A_file_that_is_no_film_or_only_names_one_of_others_makes_no_recording(string content)
    {
        await using var rig = await PipelineRig.CreateAsync();
        var film = rig.Folder.File("other.mp4");
        Tool.Ffmpeg($"-f lavfi -i color=red:s=64x64:r=25 -t 1 -c:v libx264 {film}");
        var text = content.Replace("{0}", film, StringComparison.Ordinal);
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var id = await CreateAsync(rig, bytes.Length, "课");
        await AppendAsync(rig, id, 0, bytes);
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));

        var upload = Assert.Single(await DoAsync(rig, desk => desk.ListAsync(Editor, Cancel)));
        Assert.Equal((UploadState.Failed, "broken_film"), (upload.State, upload.Error!));
        await using var db = rig.Database.Create();
        Assert.False(await db.Recordings.AnyAsync(row => row.LessonId == id, Cancel));
        Assert.False(File.Exists(Files(rig).PathOf(id)));
    }

    [Fact]
    public async Task A_film_in_the_watched_folder_is_taken_when_it_no_longer_grows()
    {
        await using var rig = await PipelineRig.CreateAsync();
        rig.Options.Value.WatchFolder = Directory.CreateDirectory(rig.Folder.File("drop")).FullName;
        var watched = new WatchedFolder(rig.Database, Files(rig), rig.Queue, rig.Options, TimeProvider.System, NullLogger<WatchedFolder>.Instance);
        var film = rig.Folder.Write("drop/录播1.mp4", [1, 2, 3]);
        rig.Folder.Write("drop/notes.txt", [1]);

        Assert.Equal(0, await watched.LookAsync(Cancel));
        await File.AppendAllTextAsync(film, "more", Cancel);
        Assert.Equal(0, await watched.LookAsync(Cancel));
        Assert.Equal(1, await watched.LookAsync(Cancel));

        await using var db = rig.Database.Create();
        var upload = await db.MediaUploads.SingleAsync(Cancel);
        Assert.Equal(("录播1", 7L, UploadState.Waiting), (upload.Title, upload.Bytes, upload.State));
        Assert.Equal(7, Files(rig).LengthOf(upload.Id));
        Assert.Equal(["notes.txt"], Directory.EnumerateFiles(rig.Options.Value.WatchFolder).Select(Path.GetFileName));
        Assert.Empty(await DoAsync(rig, desk => desk.ListAsync(Editor, Cancel)));
        Assert.Single(await DoAsync(rig, desk => desk.ListAsync(Editor with { Role = AccountRole.Administrator }, Cancel)));
        Assert.Equal(upload.Id, (await db.Jobs.SingleAsync(job => job.Kind == JobKinds.IngestFile, Cancel)).SubjectId);
    }

    [Fact]
    public void Metadata_is_read_as_tus_writes_it() =>
        Assert.Equal([("filename", "课.mp4"), ("title", "课")], UploadEndpoints.Metadata("filename 6K++Lm1wNA==, title 6K++,empty ,bad %%").Select(pair => (pair.Key, pair.Value)));

    private static UploadFiles Files(PipelineRig rig) => new(rig.Options);

    private static (long Offset, string? Code) Plain(UploadStep step) => (step.Offset, step.Problem?.Code);

    private static async Task<string> CreateAsync(PipelineRig rig, long bytes, string title)
    {
        await using (var db = rig.Database.Create())
        {
            db.Accounts.Add(new Account { Id = "editor", UserName = "editor", DisplayName = "编辑", Role = AccountRole.Editor });
            await db.SaveChangesAsync(Cancel);
        }

        var (id, problem) = await DoAsync(rig, desk => desk.CreateAsync(Editor, bytes, title, "film.mp4", null, Cancel));
        Assert.Null(problem);
        return id!;
    }

    private static Task<UploadStep> AppendAsync(PipelineRig rig, string id, long offset, byte[] bytes) =>
        DoAsync(rig, desk => desk.AppendAsync(Editor, id, offset, new MemoryStream(bytes), Cancel));

    /// <summary>Each call by a desk of its own, as each request, and each life of the server, has one.</summary>
    private static async Task<T> DoAsync<T>(PipelineRig rig, Func<UploadDesk, Task<T>> call)
    {
        await using var db = rig.Database.Create();
        return await call(new UploadDesk(db, new UploadFiles(rig.Options), rig.Queue, TimeProvider.System));
    }
}
