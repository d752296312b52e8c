using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Pipeline.Analysis;
using Classroom.Recorder.Tests.Media;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

public sealed class AnalysisTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_lesson_each_track_has_its_loudness_and_its_small_pictures()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var path = rig.Folder.File("beeps.mkv");
        SourceMedia.Write(path, "H264", 6);
        await rig.AddFileAsync("room1/TeacherCloseUp", path, 0, 6_000, "H264");
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.FinishRecording, PipelineRig.LessonId));

        // Finishing has queued it; nobody else does.
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));
        Assert.False(await rig.Worker.RunNextAsync("worker", Cancel));

        await using var db = rig.Database.Create();
        var track = await db.RecordingTracks.SingleAsync(Cancel);
        Assert.True(track.IsAnalysed);
        var prefix = AnalysisFiles.PrefixOf(track);
        var sound = JsonSerializer.Deserialize<SoundPeaks>(await File.ReadAllTextAsync(rig.StorePath(prefix + AnalysisFiles.Peaks), Cancel), JsonSerializerOptions.Web)!;
        Assert.Equal(10, sound.PerSecond);
        Assert.InRange(sound.Peaks.Count, 58, 62);
        for (var second = 0; second < 5; second++)
        {
            // It beeps for the first 200 ms of every second.
            Assert.InRange(sound.Peaks[second * 10], 30, 70);
            Assert.InRange(sound.Peaks[(second * 10) + 5], 0, 2);
        }

        Assert.True(new FileInfo(rig.StorePath(prefix + AnalysisFiles.Strip)).Length > 0);
        Assert.Equal(6, File.ReadLines(rig.StorePath(prefix + AnalysisFiles.StripVtt)).Count(line => line.Contains("#xywh=", StringComparison.Ordinal)));
    }
}
