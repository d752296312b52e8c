using Classroom.Data;
using Classroom.EndToEnd.Tests.Film;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.Recorder.Contracts;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>Looks at a lesson's recording: each seat's picture, length, and the sync of all.</summary>
internal static class RecordingCheck
{
    private static readonly TimeSpan s_hole = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    public static async Task<RecordingDetail> WaitUntilReadyAsync(ServerCalls calls, string lessonId)
    {
        RecordingDetail? detail = null;
        await Eventually.TrueAsync(
            async () => (detail = await calls.GetAsync<RecordingDetail>($"/api/recordings/{lessonId}")).Row.State is RecordingState.Ready or RecordingState.Failed,
            () => Task.FromResult($"the recording is {detail?.Row.State} after {s_patience}: {detail?.Row.Error}"),
            s_patience);
        Assert.Equal(RecordingState.Ready, detail!.Row.State);
        return detail;
    }

    /// <summary>Measures the tracks of these seats, and that they lie on one clock, sound included: within 80 ms and what the browsers themselves are unsteady.</summary>
    /// <param name="latenessMs">What the browsers took late themselves; it is allowed beside the 80 ms. Nearly nothing on a machine at rest.</param>
    public static async Task<IReadOnlyDictionary<string, SeatClock>> SeatsAreInSyncAsync(ServerCalls calls, RecordingDetail detail, IReadOnlyDictionary<string, int> schoolOfSeat, double latenessMs)
    {
        var folder = Directory.CreateTempSubdirectory("classroom-film-").FullName;
        var clocks = new Dictionary<string, SeatClock>(StringComparer.Ordinal);
        try
        {
            foreach (var (seat, school) in schoolOfSeat)
            {
                var tracks = detail.Tracks.Where(track => track.SeatRef == seat).OrderBy(track => track.StartMs).ToArray();
                HolesAreShort(tracks);
                foreach (var track in tracks)
                {
                    clocks[$"{seat} from {track.StartMs}"] = await MeasureAsync(calls, track, school, folder);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        // Pictures of one camera that are not steady among themselves were drawn and taken by a browser that had no time; packets with
        // exact times are the business of the recorder's own tests.
        var limit = 80 + latenessMs + (2 * clocks.Values.Max(clock => clock.SpreadMs));
        var report = string.Join('\n', clocks.Select(clock => $"{clock.Key}: {clock.Value}").Append($"browsers are late by {latenessMs} ms, limit {limit} ms"));
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        var first = clocks.Values.First();
        Assert.All(clocks.Values, clock => Assert.True(Math.Abs(Marks.Difference(clock.ZeroMs, first.ZeroMs)) < limit, report));
        Assert.All(clocks.Values, clock => Assert.True(Math.Abs(clock.SoundAheadMs) < limit, report));
        return clocks;
    }

    // A microphone that comes later begins a new file; the picture must go on at once.
    private static void HolesAreShort(RecordingTrackInfo[] tracks)
    {
        Assert.NotEmpty(tracks);
        var holes = tracks.Zip(tracks.Skip(1), (before, after) => after.StartMs - before.StartMs - before.DurationMs);
        Assert.All(holes, hole => Assert.InRange(hole, -s_hole.TotalMilliseconds, s_hole.TotalMilliseconds));
    }

    private static async Task<SeatClock> MeasureAsync(ServerCalls calls, RecordingTrackInfo track, int school, string folder)
    {
        var film = await calls.DownloadAsync(track.FileUrl!, folder);
        Assert.InRange(Math.Abs((await FilmProbe.SecondsAsync(film) * 1000) - track.DurationMs), 0, 500);
        var pictures = await FilmProbe.PicturesAsync(film);
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.Equal(school, picture.School));

        // Only seats that carry the station's microphone have sound; the others are measured by their pictures.
        var beeps = track.HasAudio ? await FilmProbe.BeepsAsync(film) : [];
        Assert.True(!track.HasAudio || track.DurationMs < 5000 || beeps.Count > 3, $"{track.SeatRef} beeps {beeps.Count} times");
        return SeatClock.Measure(pictures, beeps, track.StartMs);
    }
}
