using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Boards;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Drafts;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Pipeline.Analysis;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Retention;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Uploads;
using Classroom.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>The workers with a database, a spool and a store of their own; jobs run when the test says so.</summary>
internal sealed class PipelineRig : IAsyncDisposable
{
    public const string LessonId = "lesson1";
    private readonly TempFolder _folder = new();
    private readonly RenderCourse _course;
    private long _seq;

    private PipelineRig(TestDatabase database, Action<RecorderOptions>? configure, IObjectStore? store, TimeProvider time)
    {
        Database = database;
        var values = new RecorderOptions { SpoolFolder = _folder.File("spool"), StoreFolder = _folder.File("store"), SecretsFolder = _folder.File("secrets"), Preset = "ultrafast" };
        configure?.Invoke(values);
        Options = Microsoft.Extensions.Options.Options.Create(values);
        Store = store ?? new FolderObjectStore(values.StoreFolder);
        Queue = new JobQueue(database, time);
        Ffmpeg = new FfmpegRunner(Options, TimeProvider.System);
        Renderer = new FilmRenderer(Ffmpeg, new EncoderVersion(Options, TimeProvider.System), new MediaProbe(Options), Options);
        var files = new TrackFiles(Store, Options);
        var sources = new CourseSources(database, files);
        _course = new RenderCourse(database, Store, sources, Renderer, new CardWordsReader(database), TimeProvider.System);
        Drafts = new LessonDrafts(Store, files, Ffmpeg, Options);
        var films = new DraftFilms(database, Store, Drafts, files, new OutputLogger<DraftFilms>());
        IJobHandler[] handlers =
        [
            new DraftFilmJob(database, new BoardTracks(database, new BoardFilm(Ffmpeg, new PagePictures(Store)), Options, NullLogger<BoardTracks>.Instance), films, Queue),
            new FinishRecording(database, Store, files, Ffmpeg, Drafts, films, Queue),
            new AnalyseRecording(database, Store, files, Ffmpeg),
            _course,
            new ExportCourse(database, Store, Ffmpeg),
            new RecogniseCourse(database, sources, Ffmpeg, Options, TimeProvider.System),
            new IngestFile(database, new UploadFiles(Options), new MediaProbe(Options), Ffmpeg, Queue, Options),
            new DeleteMedia(database, Store, Drafts, Options, TimeProvider.System),
            new RenderSlides(database, Store, new PdfReader(TimeProvider.System), new PageDrawing(Ffmpeg, TimeProvider.System), TimeProvider.System),
        ];
        Worker = new JobWorker(Queue, handlers, Options, TimeProvider.System, NullLogger<JobWorker>.Instance);
    }

    public TestDatabase Database { get; }

    public IOptions<RecorderOptions> Options { get; }

    public IObjectStore Store { get; }

    public JobQueue Queue { get; }

    public FfmpegRunner Ffmpeg { get; }

    public FilmRenderer Renderer { get; }

    public JobWorker Worker { get; }

    public LessonDrafts Drafts { get; }

    public TempFolder Folder => _folder;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="time">The clock of the queue.</param>
    public static async Task<PipelineRig> CreateAsync(Action<RecorderOptions>? configure = null, IObjectStore? store = null, TimeProvider? time = null)
    {
        var rig = new PipelineRig(await TestDatabase.CreateAsync(TestProvider.Sqlite), configure, store, time ?? TimeProvider.System);
        await using var db = rig.Database.Create();
        db.Lessons.Add(new Lesson { Id = LessonId, Title = "分数", State = LessonState.Ended });
        db.Recordings.Add(new Recording { LessonId = LessonId, State = RecordingState.Finishing, StartedAt = DateTime.UnixEpoch });
        await db.SaveChangesAsync(Cancel);
        return rig;
    }

    /// <summary>Puts a captured file of one colour and one tone into the spool, with its row.</summary>
    public async Task<RecordingTrack> AddTrackAsync(string seat, string colour, long startMs, int seconds, string codec = "H264")
    {
        var path = _folder.File($"{Ids.New()}.mkv");
        WriteColour(path, colour, seconds, codec);
        return await AddFileAsync(seat, path, startMs, seconds * 1000, codec);
    }

    /// <summary>Moves a captured file into the spool, with its row.</summary>
    public async Task<RecordingTrack> AddFileAsync(string seat, string path, long startMs, long durationMs, string? codec, bool hasSound = true)
    {
        var id = Ids.New();
        var file = $"{LessonId}/{id}.mkv";
        var spooled = Path.Combine(Options.Value.SpoolFolder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(spooled)!);
        File.Move(path, spooled);
        var (room, group) = (seat.Split('/')[0], seat.Split('/')[1]);
        var track = new RecordingTrack
        {
            Id = id,
            LessonId = LessonId,
            ParticipantId = "p-" + room,
            ClassroomId = room,
            Group = group,
            VideoCodec = codec,
            AudioCodec = hasSound ? "opus" : null,
            Width = 320,
            Height = 180,
            StartMs = startMs,
            DurationMs = durationMs,
            State = TrackState.Captured,
            SpoolFile = file,
        };
        await using var db = Database.Create();
        db.RecordingTracks.Add(track);
        await db.SaveChangesAsync(Cancel);
        return track;
    }

    public Task<string> AddCourseAsync(params EditClip[] clips) => AddCourseAsync(new EditList(clips));

    public async Task<string> AddCourseAsync(EditList edit)
    {
        await using var db = Database.Create();
        var author = new Account { UserName = Ids.New(), DisplayName = "编辑", Role = AccountRole.Editor };
        var course = new MicroCourse { LessonId = LessonId, Title = "微课", AuthorAccountId = author.Id, EditJson = edit.ToJson(), State = CourseState.Rendering };
        db.Accounts.Add(author);
        db.MicroCourses.Add(course);
        await db.SaveChangesAsync(Cancel);
        return course.Id;
    }

    /// <summary>Adds an event to the lesson's timeline.</summary>
    public async Task HappensAsync(long at, string kind, object body)
    {
        await using var db = Database.Create();
        db.Timeline.Add(new TimelineEvent { LessonId = LessonId, Seq = ++_seq, At = at, Who = "server", Kind = kind, Body = JsonSerializer.Serialize(body, JsonSerializerOptions.Web) });
        await db.SaveChangesAsync(Cancel);
    }

    /// <summary>Queues a job, lets a worker do it, and gives the job as it is then.</summary>
    public async Task<Job> DoAsync(string kind, string subjectId, string payload = "{}")
    {
        var id = await Queue.EnqueueAsync(kind, subjectId, payload, cancellationToken: Cancel);
        Assert.True(await Worker.RunNextAsync("worker", Cancel));
        return (await Queue.FindAsync(id, Cancel))!;
    }

    /// <summary>Renders a course as its job does, in a work folder that is deleted afterwards.</summary>
    public async Task<RenderedFilm> RenderAsync(string courseId, Action<double, string> report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(_folder.File($"work-{Ids.New()}")).FullName;
        try
        {
            var job = new Job { Kind = JobKinds.RenderCourse, SubjectId = courseId };
            return await _course.RenderAsync(new JobContext(job, folder, report), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async Task<string> OutcomeAsync(string kind, string subjectId)
    {
        var job = await DoAsync(kind, subjectId);
        TestContext.Current.TestOutputHelper?.WriteLine(job.Error ?? "");
        return $"{job.State}: {job.Error}";
    }

    public string StorePath(string key) => Store.LocalPath(key) ?? throw new FileNotFoundException(key);

    public static void WriteColour(string path, string colour, int seconds, string codec = "H264")
    {
        var encoder = codec == "VP8" ? "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 300k" : "-c:v libx264 -preset ultrafast -tune zerolatency";
        Tool.Ffmpeg($"-f lavfi -i color={colour}:s=320x180:r=25 -f lavfi -i sine=f=440:r=48000 -t {seconds} {encoder} -pix_fmt yuv420p -g 50 -c:a libopus -b:a 32k -f matroska -write_crc32 0 {path}");
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }
}
