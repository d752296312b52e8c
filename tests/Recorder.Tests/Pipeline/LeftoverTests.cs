using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>What killed workers leave in the spool.</summary>
public sealed class LeftoverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_starts_clears_away_what_belongs_to_no_job_that_is_still_to_be_done()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var (failed, waiting) = (await EnqueueAsync(rig, "a", JobState.Failed), await EnqueueAsync(rig, "b", JobState.Queued));
        var left = new[] { failed, waiting, "nobodys" }.Select(name => Path.Combine(rig.Options.Value.SpoolFolder, "work", name)).ToArray();
        foreach (var folder in left)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "half.mp4"), "half", Cancel);
        }

        await rig.Worker.StartAsync(Cancel);
        while (Directory.Exists(left[0]) || Directory.Exists(left[2]))
        {
            await Task.Delay(20, Cancel);
        }

        await rig.Worker.StopAsync(Cancel);
        Assert.True(Directory.Exists(left[1]));
    }

    // Due only tomorrow, so that it is not taken up here.
    private static async Task<string> EnqueueAsync(PipelineRig rig, string subject, JobState state)
    {
        var id = await rig.Queue.EnqueueAsync(JobKinds.RenderCourse, subject, cancellationToken: Cancel);
        await using var db = rig.Database.Create();
        await db.Jobs.Where(job => job.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(job => job.State, state).SetProperty(job => job.RunAfter, DateTime.UtcNow.AddDays(1)), Cancel);
        return id;
    }
}
