using System.Diagnostics;
using System.Globalization;
using Classroom.Data;
using Classroom.Recorder.Boards;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static Classroom.Recorder.Tests.Boards.Drawn;

namespace Classroom.Recorder.Tests.Boards;

/// <summary>What slides and ink of a whole lesson cost after the bell; figures for docs/performance.md.</summary>
public sealed class BoardCostTests
{
    private const int Pages = 40;
    private const int Strokes = 2000;
    private const int LessonMs = 45 * 60 * 1000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Trait("Category", "Long")]
    public async Task A_lesson_of_45_minutes_with_forty_pages_and_two_thousand_strokes_is_filmed()
    {
        await using var rig = await PipelineRig.CreateAsync();
        for (var page = 1; page <= Pages; page++)
        {
            var picture = rig.Folder.File($"{page}.webp");
            Tool.Ffmpeg($"-f lavfi -i testsrc2=s=1920x1080:r=1,hue=h={page * 9} -frames:v 1 {picture}");
            await rig.Store.PutFileAsync($"lessons/{PipelineRig.LessonId}/documents/deck/pages/{page}-1920.webp", picture, Cancel);
        }

        await TeachAsync(rig);
        await using var db = rig.Database.Create();
        var recording = await db.Recordings.Include(row => row.Tracks).Include(row => row.Gaps).SingleAsync(Cancel);
        var boards = new BoardTracks(rig.Database, new BoardFilm(rig.Ffmpeg, new PagePictures(rig.Store)), rig.Options, NullLogger<BoardTracks>.Instance);
        var (own, all, watch) = (Process.GetCurrentProcess().TotalProcessorTime, Children(), Stopwatch.StartNew());
        await boards.AddAsync(db, recording, static (_, _) => { }, Cancel);

        var track = Assert.Single(recording.Tracks);
        var file = Path.Combine(rig.Options.Value.SpoolFolder, track.SpoolFile!);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalSeconds:0.0} s; painting {(Process.GetCurrentProcess().TotalProcessorTime - own).TotalSeconds:0.0} s and encoding {Children() - all:0.0} s of processor; {CaptureTests.Frames(file, "v:0")} pictures, {track.Bytes / 1e6:0.0} MB"));
        Assert.Equal(LessonMs / 1000.0, CaptureTests.Duration(file), 0.5);
    }

    private static async Task TeachAsync(PipelineRig rig)
    {
        var (random, seq) = (new Random(1), 0L);
        await using var db = rig.Database.Create();
        for (var i = 0; i < Strokes; i++)
        {
            var (at, page) = ((long)LessonMs * i / Strokes, (i * Pages / Strokes) + 1);
            if (i % (Strokes / Pages) == 0)
            {
                Add(at, "surface.show", new { surface = $"doc:deck/{page}" });
            }

            var (x, y) = (random.NextDouble() * 0.9, random.NextDouble() * 0.5);
            var points = Enumerable.Range(0, 40).Select(n => (x + (n * 0.002), y + (Math.Sin(n / 4.0) * 0.02), 0.3 + (n % 10 * 0.05)));
            Add(at + 1, "stroke", Stroke($"s{i}", $"doc:deck/{page}", width: 4, points: Points(true, [.. points])));
            if (i % 20 == 19)
            {
                Add(at + 500, "stroke.gone", new { ids = new[] { $"s{i}" } });
            }
        }

        Add(LessonMs, "lesson.ended", new { });
        await db.SaveChangesAsync(Cancel);

        void Add(long at, string kind, object body)
        {
            var e = Event(at, kind, body, seq: ++seq);
            e.LessonId = PipelineRig.LessonId;
            db.Timeline.Add(e);
        }
    }

    // Of children that have ended: proc(5), fields 16 and 17 of stat, in hundredths of a second.
    private static double Children()
    {
        var fields = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
