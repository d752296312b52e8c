using System.Globalization;
using System.Text.RegularExpressions;
using Classroom.Data;
using Classroom.Recorder.Tests.Media;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>Films are equally loud (EBU R 128), however far the microphone stood.</summary>
public sealed partial class LoudnessTests
{
    private const string Seat = "room1/TeacherCloseUp";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.01, 4), InlineData(0.01, 20)]
    [InlineData(0.1, 20)]
    [InlineData(0.9, 4), InlineData(0.9, 20)]
    public async Task A_film_is_at_minus_16_LUFS(double level, int seconds)
    {
        await using var rig = await PipelineRig.CreateAsync();
        var path = rig.Folder.File("speech.mkv");
        WriteSpeechLike(path, level, seconds);
        await rig.AddFileAsync(Seat, path, 0, seconds * 1000, "H264");
        var course = await rig.AddCourseAsync(new EditClip(0, seconds * 1000, EditLayout.Single, [Seat]));
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));

        await using var db = rig.Database.Create();
        var loudness = Loudness(rig.StorePath((await db.Renditions.SingleAsync(Cancel)).Mp4Key));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"level {level}, {seconds} s: {loudness} LUFS, from {Loudness(Path.Combine(rig.Options.Value.SpoolFolder, (await db.RecordingTracks.SingleAsync(Cancel)).SpoolFile!))}"));
        Assert.InRange(loudness, -17, -15);
    }

    // Noise of a voice's band in syllables, with pauses.
    private static void WriteSpeechLike(string path, double level, int seconds) => Tool.Ffmpeg(string.Create(CultureInfo.InvariantCulture,
        $"-f lavfi -i color=green:s=320x180:r=25 -f lavfi -i anoisesrc=a={level}:c=pink:seed=7:r=48000,volume='0.3+0.7*gt(mod(t,0.4),0.15)*lt(mod(t,3),2.4)':eval=frame -t {seconds} -c:v libx264 -preset ultrafast -tune zerolatency -g 50 -c:a libopus -b:a 64k -write_crc32 0 {path}"));

    private static double Loudness(string file)
    {
        var report = Tool.Run("ffmpeg", "-nostdin", "-v", "error", "-i", file, "-map", "0:a:0", "-af", "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-", "-f", "null", "-");
        return double.Parse(Integrated().Matches(report)[^1].Groups["lufs"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"lavfi\.r128\.I=(?<lufs>-?[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Integrated();
}
