using System.Diagnostics;
using System.Globalization;
using Classroom.Data;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Classroom.TestKit.Hls;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Lessons;

/// <summary>A lesson of two schools and four seats, from its packets to its draft film.</summary>
public sealed class WholeLessonTests
{
    private const int LoopSeconds = 20;

    /// <summary>Another seat comes onto the stage as often as this.</summary>
    private const int TurnMs = 13_000;

    /// <summary>By how much the clocks of the schools run fast or slow.</summary>
    private const double Drift = 200e-6;

    // Clocks that have nothing to do with each other, ways of different length, 5 % lost and repaired.
    private static readonly FedSeat[] Seats =
    [
        new("room1", "TeacherCloseUp", new Link(TimeSpan.FromHours(5), Drift, DelayMs: 15, JitterMs: 10, Loss: 0.05, Seed: 21)),
        new("room1", "StudentPanorama", new Link(TimeSpan.FromHours(5), Drift, DelayMs: 15, JitterMs: 10, Loss: 0.05, Seed: 22)),
        new("room2", "TeacherCloseUp", new Link(TimeSpan.FromHours(-3), -Drift, DelayMs: 25, JitterMs: 15, Loss: 0.05, Seed: 23)),
        new("room2", "StudentPanorama", new Link(TimeSpan.FromHours(-3), -Drift, DelayMs: 25, JitterMs: 15, Loss: 0.05, Seed: 24)),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_a_minute_of_four_seats_becomes_a_valid_film_with_all_seats_in_sync() =>
        await RunAsync(32, "320x180", "", [(0, 8), (20, 32)]);

    [Fact, Trait("Category", "Long")]
    public async Task Forty_five_minutes_of_four_seats_become_a_film_and_so_do_eight_lessons_at_one_bell()
    {
        const int Seconds = 45 * 60;
        await RunAsync(Seconds, "1280x720", "-b:v 1500k -maxrate 1500k -bufsize 1500k", [(0, 20), ((Seconds / 2) - 10, (Seconds / 2) + 10), (Seconds - 30, Seconds)], lessons: 8);
    }

    private static async Task RunAsync(int seconds, string size, string rate, (double From, double To)[] looks, int lessons = 0)
    {
        await using var rig = await PipelineRig.CreateAsync(options => options.Workers = 2);
        var feed = new LessonFeed(rig, SourceMedia.Make("H264", LoopSeconds, size, keyEvery: 50, rate), LoopSeconds);
        foreach (var seat in Seats)
        {
            feed.Add(seat);
        }

        for (var turn = 0; turn * TurnMs < seconds * 1000; turn++)
        {
            await rig.HappensAsync(turn * TurnMs, "stage", new { participantId = Seats[turn % 4].Participant, group = Seats[turn % 4].Group });
        }

        var watch = Stopwatch.StartNew();
        await feed.RunAsync(seconds, Cancel);
        Assert.Equal(0, feed.Dropped);
        Say($"{seconds} s of lesson captured, followed, mixed and stored in {watch.Elapsed.TotalSeconds:0.0} s");
        var copies = await LessonCopies.MakeAsync(rig, lessons, Cancel);

        var one = await BellAsync(rig, [PipelineRig.LessonId]);
        Say($"bell to film, one lesson: {one.TotalSeconds:0.00} s");
        if (copies.Count > 0)
        {
            Say($"bell to film, {copies.Count} lessons at once, two workers: {(await BellAsync(rig, copies)).TotalSeconds:0.00} s");
        }

        await LookAsync(rig, seconds, looks);
    }

    /// <summary>Rings the bell for these lessons, and waits until the last one has its film.</summary>
    private static async Task<TimeSpan> BellAsync(PipelineRig rig, IReadOnlyList<string> lessons)
    {
        var watch = Stopwatch.StartNew();
        foreach (var lesson in lessons)
        {
            await rig.Queue.EnqueueAsync(JobKinds.DraftFilm, lesson, priority: 10, cancellationToken: Cancel);
        }

        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(worker => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) < lessons.Count)
            {
                Assert.True(await rig.Worker.RunNextAsync($"worker{worker}", Cancel));
            }
        })));
        var took = watch.Elapsed;
        await using var db = rig.Database.Create();
        Assert.All(await db.Jobs.Where(job => job.Kind == JobKinds.DraftFilm).ToListAsync(Cancel), job => Assert.True(job.State == JobState.Done, job.Error));
        await db.Jobs.Where(job => job.Kind == JobKinds.FinishRecording).ExecuteDeleteAsync(Cancel);
        return took;
    }

    private static async Task LookAsync(PipelineRig rig, int seconds, (double From, double To)[] looks)
    {
        await using var db = rig.Database.Create();
        var recording = await db.Recordings.Include(row => row.Tracks).SingleAsync(row => row.LessonId == PipelineRig.LessonId, Cancel);
        var validator = new HlsValidator();
        var broken = validator.Check(rig.StorePath(recording.DraftKey!));
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.Equal(seconds, validator.Seconds, 0.5 + (seconds * Drift));

        // Clocks that run apart end apart: the film may end with a seat that is still there when the staged one has gone.
        var turns = (seconds - 1) * 1000 / TurnMs;
        Assert.InRange(validator.Discontinuities, turns, turns + 1);
        Say($"film: {validator.Seconds:0.0} s, {validator.Segments} segments, {validator.Discontinuities} discontinuities, no rule of RFC 8216 broken");
        await PlayAsync(rig, recording.DraftKey!, validator);
        foreach (var (from, to) in looks)
        {
            var errors = new List<double>();
            foreach (var seat in Seats)
            {
                var track = recording.Tracks.Single(track => track.ParticipantId == seat.Participant && track.Group == seat.Group);
                var stream = new FlatStream(rig.StorePath(track.PlaylistKey!), rig.Folder.Path);
                errors.AddRange(stream.FlashesBetween(from, to).Concat(stream.BeepsBetween(from, to)).Select(seat.ErrorMs));
            }

            Say($"marks in picture and sound of all seats, {from:0} to {to:0} s: {errors.Count}, from {errors.Min():0.0} to {errors.Max():0.0} ms");
            Assert.True(errors.Count >= (to - from - 6) * 8 * 0.9, $"{errors.Count} marks between {from} and {to}");
            // 40 ms, and the 10 ms by which the ways differ: no clock can know them without a round trip.
            Assert.InRange(errors.Max() - errors.Min(), 0, 40 + 10);
        }
    }

    private static async Task PlayAsync(PipelineRig rig, string film, HlsValidator validator)
    {
        var played = await HlsPlayer.PlayAsync(rig.Options.Value.StoreFolder, film, Cancel);
        Say($"played in hls.js: {played.Changes.Count} changes of seat, {played.Changes.Min(change => change.Pictures)} pictures a second at least, none shown longer than {played.Changes.Max(change => change.Gap) * 1000:0} ms, {played.Troubles.Count} troubles");
        Assert.Equal(validator.Seconds, played.Seconds, 0.2);
        Assert.Equal(validator.Discontinuities, played.Changes.Count);
        Assert.All(played.Changes, change => Assert.True(change.Reached && change.Pictures > 0, change.ToString()));
        Assert.True(played.Troubles.Count == 0, string.Join('\n', played.Troubles));
    }

    private static void Say(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
