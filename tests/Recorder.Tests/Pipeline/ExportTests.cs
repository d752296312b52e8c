using System.Globalization;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Tests.Media;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

public sealed class ExportTests
{
    private const string Seat = "room1/TeacherCloseUp";
    private static readonly PresetRules s_contest = new() { Width = 1280, Height = 720, IsExactSize = true, LeastKbps = 1024, MostKbps = 2000, SoundKbps = 128, MostBytes = 2_000_000 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(600_000, 100_000_000, 1152, true)]
    [InlineData(60_000, 100_000_000, 1384, true)]
    [InlineData(900_000, 100_000_000, 0, true)]
    public void The_rate_keeps_to_the_size_of_the_file(long durationMs, long bytes, int kbps, bool isConstant)
    {
        var rates = ExportRates.For(s_contest with { MostBytes = bytes }, durationMs);
        Assert.Equal(kbps == 0 ? null : new ExportRates(kbps, 128, isConstant), rates);
    }

    [Fact]
    public async Task An_export_has_the_picture_the_rate_and_the_size_of_its_preset()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var path = rig.Folder.File("still.mkv");
        PipelineRig.WriteColour(path, "green", 10);
        await rig.AddFileAsync(Seat, path, 0, 10_000, "H264");
        var course = await rig.AddCourseAsync(new EditClip(0, 10_000, EditLayout.Single, [Seat]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));
        await using var db = rig.Database.Create();
        var film = await db.Renditions.SingleAsync(Cancel);

        // Nothing moves in it: without filling it would be far below the least rate.
        var order = new ExportOrder("contest", "", s_contest, film.Id, $"courses/{course}/exports/contest.mp4");
        var job = await rig.DoAsync(JobKinds.ExportCourse, course, JsonSerializer.Serialize(order, JsonSerializerOptions.Web));
        Assert.Equal((JobState.Done, null), (job.State, job.Error));

        var export = rig.StorePath(order.Key);
        Assert.True(new FileInfo(export).Length <= s_contest.MostBytes);
        Assert.Equal("1280,720,25/1", Probe("v:0", "width,height,r_frame_rate"));
        Assert.Equal("aac,48000", Probe("a:0", "codec_name,sample_rate"));
        var rate = double.Parse(Tool.Ffprobe($"-show_entries format=bit_rate -of csv=p=0 {export}"), CultureInfo.InvariantCulture) / 1000;
        Assert.InRange(rate, 1024, 2000);

        string Probe(string stream, string entries) => Tool.Ffprobe($"-select_streams {stream} -show_entries stream={entries} -of csv=p=0 {export}").Trim();
    }
}
