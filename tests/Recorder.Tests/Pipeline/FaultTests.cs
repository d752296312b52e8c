using Classroom.Data;
using Classroom.Recorder.Tests.Media;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>An encoder that does not do its work becomes a message that an editor understands, and a job that is tried again.</summary>
public sealed class FaultTests
{
    private const string Seat = "room1/TeacherCloseUp";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exec sleep 600", "encoder_stalled")]
    [InlineData("kill -SEGV $$", "encoder_failed")]
    [InlineData("echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1", "disk_full")]
    public async Task What_went_wrong_with_the_encoder_is_told_and_tried_again(string fault, string code)
    {
        await using var rig = await PipelineRig.CreateAsync(options => options.StallSeconds = 1);
        rig.Options.Value.FfmpegPath = Script(rig, fault);
        await rig.AddTrackAsync(Seat, "green", 0, 2);
        var course = await rig.AddCourseAsync(new EditClip(0, 2_000, EditLayout.Single, [Seat]));
        var job = await rig.DoAsync(JobKinds.RenderCourse, course);

        Assert.Equal((JobState.Queued, code), (job.State, job.ErrorCode));
        Assert.False(string.IsNullOrEmpty(job.Error));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(rig.Options.Value.SpoolFolder, "work")));
        await using var db = rig.Database.Create();
        Assert.Equal(CourseState.Rendering, (await db.MicroCourses.SingleAsync(Cancel)).State);
    }

    [Fact]
    public async Task Once_the_encoder_works_again_the_same_job_makes_the_film()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync(Seat, "green", 0, 2);
        var course = await rig.AddCourseAsync(new EditClip(0, 2_000, EditLayout.Single, [Seat]));
        rig.Options.Value.FfmpegPath = Script(rig, "exit 1");
        var failed = await rig.DoAsync(JobKinds.RenderCourse, course);
        Assert.Equal((JobState.Queued, 1), (failed.State, failed.Attempts));

        rig.Options.Value.FfmpegPath = "ffmpeg";
        await using var db = rig.Database.Create();
        await db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.RunAfter, DateTime.UnixEpoch), Cancel);
        Assert.True(await rig.Worker.RunNextAsync("worker", Cancel));
        var done = await rig.Queue.FindAsync(failed.Id, Cancel);
        Assert.Equal((JobState.Done, null, null), (done!.State, done.Error, done.ErrorCode));
    }

    // It says its version as FFmpeg does, and then fails.
    private static string Script(PipelineRig rig, string fault)
    {
        var path = rig.Folder.File($"ffmpeg-{Ids.New()}");
        File.WriteAllText(path, $"#!/bin/sh\n[ \"$1\" = -version ] && echo 'ffmpeg version 0' && exit 0\n{fault}\n");
        Tool.Run("chmod", "+x", path);
        return path;
    }
}
