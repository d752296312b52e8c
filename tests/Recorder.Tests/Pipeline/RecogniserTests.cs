using Classroom.Data;
using Classroom.Recorder.Tests.Media;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

public sealed class RecogniserTests
{
    private const string Seat = "room1/TeacherCloseUp";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_program_hears_in_each_clip_stands_on_the_clock_of_the_lesson()
    {
        await using var rig = await PipelineRig.CreateAsync();
        rig.Options.Value.Recogniser = Script(rig, "printf 'WEBVTT\\n\\n00:00.500 --> 00:01.000\\nheard\\n\\n00:09.000 --> 00:10.000\\nbehind the end\\n' > \"$2\"");
        await rig.AddTrackAsync(Seat, "green", 0, 10);
        var course = await rig.AddCourseAsync(new EditClip(1_000, 3_000, EditLayout.Single, [Seat]), new EditClip(5_000, 5_800, EditLayout.Single, [Seat]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RecogniseCourse, course));

        await using var db = rig.Database.Create();
        var vtt = (await db.MicroCourses.SingleAsync(Cancel)).RecognisedVtt!;
        Assert.Equal([new VttCue(1_500, 2_000, "heard"), new VttCue(5_500, 5_800, "heard")], WebVtt.Parse(vtt));
    }

    [Theory, InlineData("exit 3"), InlineData("echo nothing > \"$2\"")]
    public async Task A_recogniser_that_fails_is_told(string script)
    {
        await using var rig = await PipelineRig.CreateAsync();
        rig.Options.Value.Recogniser = Script(rig, script);
        await rig.AddTrackAsync(Seat, "green", 0, 2);
        var job = await rig.DoAsync(JobKinds.RecogniseCourse, await rig.AddCourseAsync(new EditClip(0, 1_000, EditLayout.Single, [Seat])));
        Assert.Equal((JobState.Failed, "recogniser_failed"), (job.State, job.ErrorCode));
    }

    private static string Script(PipelineRig rig, string body)
    {
        var path = rig.Folder.File($"recogniser-{Ids.New()}");
        File.WriteAllText(path, $"#!/bin/sh\n[ -s \"$1\" ] || exit 9\n{body}\n");
        Tool.Run("chmod", "+x", path);
        return path;
    }
}
