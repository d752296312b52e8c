using System.Diagnostics;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.EndToEnd.Tests.WholeDay;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>
/// The line to one receiver becomes too small for all that it shows: slides stay sharp, the camera gives way, voices go on. The
/// figures are in docs/bandwidth.md.
/// </summary>
[Trait("Category", "Long")]
public sealed class NarrowLineTests(SlidesOnLines schools) : IClassFixture<SlidesOnLines>
{
    private const int NarrowKilobits = 800;
    private const double LeastSharpness = 0.6;
    private const double MostFrozen = 2;
    private const double MostConcealed = 0.05;
    private static readonly TimeSpan s_narrow = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Slides_stay_sharp_on_a_line_that_has_become_too_small_while_the_camera_gives_way()
    {
        await schools.AreTogetherAsync();
        // The panel's keys come with the pointer.
        await schools.Host.Page.Mouse.MoveAsync(400, 300);
        await schools.Host.Page.Mouse.MoveAsync(420, 320);
        await schools.Host.PressAsync("share-screen");
        await ShowsAsync("slides on a whole line", PictureMeter.Slides, picture => picture.Lines == SlidesOnLines.SlidesLines && picture.Sharpness > LeastSharpness);
        await schools.Teacher.ById("school-column").Filter(new() { HasText = "星海" }).GetByTestId("seat").First.ClickAsync();
        await ShowsAsync("the camera on a whole line", seat: 0, picture => picture.Lines == SlidesOnLines.CameraLines);
        var (slides, voices) = (await SlidesAsync(), await VoiceMeter.ReadAsync(schools.Teacher));

        var gaveWay = await NarrowAsync();
        var (lines, worst) = await WatchAsync();
        var (slidesThen, voicesThen) = (await SlidesAsync(), (await VoiceMeter.ReadAsync(schools.Teacher)).Since(voices));

        var since = Stopwatch.StartNew();
        await schools.TeacherLine.WidenAsync();
        await ShowsAsync("the camera after the line was whole again", seat: 0, picture => picture.Lines == SlidesOnLines.CameraLines);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"slides: {slidesThen.Frames - slides.Frames} frames of {slidesThen.Lines} lines, sharpness at least {worst:F2}, {slidesThen.Freezes - slides.Freezes} freezes of {slidesThen.Frozen - slides.Frozen:F1} s together; "
            + $"camera: {SlidesOnLines.CameraLines} lines, less after {gaveWay.TotalSeconds:F1} s, then {lines}, all again {since.Elapsed.TotalSeconds:F1} s after the line was whole; voices: {voicesThen}");

        Assert.Equal(SlidesOnLines.SlidesLines, slidesThen.Lines);
        Assert.True(worst > LeastSharpness, $"of the fine print's contrast {worst:F2} was left");
        Assert.True(slidesThen.Frozen - slides.Frozen < MostFrozen, $"slides stood for {slidesThen.Frozen - slides.Frozen:F1} s");
        Assert.True(voicesThen.ConcealedShare < MostConcealed, $"{voicesThen}");
    }

    /// <summary>How long the camera took to give way.</summary>
    private async Task<TimeSpan> NarrowAsync()
    {
        var since = Stopwatch.StartNew();
        await schools.TeacherLine.NarrowAsync(NarrowKilobits);
        await ShowsAsync("a smaller camera on the narrow line", seat: 0, picture => picture.Lines < SlidesOnLines.CameraLines);
        return since.Elapsed;
    }

    /// <summary>The sizes that the camera came in, and the least sharpness of the slides, over a while on the narrow line.</summary>
    private async Task<(string Lines, double Sharpness)> WatchAsync()
    {
        var sizes = new SortedSet<int>();
        var worst = 1.0;
        var frames = (await SlidesAsync()).Frames;
        var since = Stopwatch.StartNew();
        await Eventually.TrueAsync(
            async () =>
            {
                sizes.Add((await CameraAsync()).Lines);
                worst = Math.Min(worst, (await SlidesAsync()).Sharpness);
                return since.Elapsed > s_narrow && (await SlidesAsync()).Frames > frames;
            },
            () => StateAsync("slides go on"));
        return (string.Join(" or ", sizes), worst);
    }

    private Task<PictureMeter> SlidesAsync() => PictureMeter.ReadAsync(schools.Teacher, SchoolsOnLines.Xinghai, PictureMeter.Slides);

    private Task<PictureMeter> CameraAsync() => PictureMeter.ReadAsync(schools.Teacher, SchoolsOnLines.Xinghai, seat: 0);

    private Task ShowsAsync(string what, int seat, Func<PictureMeter, bool> condition) => Eventually.TrueAsync(
        async () => condition(await PictureMeter.ReadAsync(schools.Teacher, SchoolsOnLines.Xinghai, seat)),
        () => StateAsync(what));

    private async Task<string> StateAsync(string missing) =>
        $"not: {missing}; {string.Join(", ", (await PictureMeter.AllAsync(schools.Teacher)).Select(picture => picture.ToString()))}\n{await schools.DescribeAsync()}\n{schools.Teacher.Console}";
}
