using System.Diagnostics;
using System.Globalization;
using Classroom.EndToEnd.Tests.Film;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.Library.Contracts;
using Classroom.Recorder.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>The film of the day: three layouts behind a title card, cut with the editor's keys, and looked at picture by picture.</summary>
internal static class CourseFilm
{
    /// <summary>What comes out, card included.</summary>
    public const double Seconds = 24;

    private const string Main = $"{PlannedLesson.HostRoom}/TeacherCloseUp";
    private const string Pupils = $"{PlannedLesson.HostRoom}/StudentPanorama";
    private const string Far = $"{PlannedLesson.FarRoom}/TeacherCloseUp";

    private static readonly FilmCut[] s_cuts =
    [
        FilmCut.Single(4_000, 5_000, 6_000, Far),
        FilmCut.Inset(10_000, 11_000, 7_000, Far),
        FilmCut.SideBySide(17_000, 18_000, 7_000, Pupils, Far),
    ];

    public static async Task CutAsync(Guest editor)
    {
        await editor.FillTimeAsync("in-time", "0:05");
        await editor.FillTimeAsync("out-time", "0:25");
        await editor.PressAsync("layout-Single");
        await editor.PressAsync($"seat-{Far}");
        await SplitAsync(editor, 6);
        await editor.PressAsync("clip-1");
        await SplitAsync(editor, 7);
        await editor.PressAsync("clip-1");
        await SeatTwoAsync(editor, "PictureInPicture", Main, Far);
        await editor.PressAsync("clip-2");
        await SeatTwoAsync(editor, "SideBySide", Pupils, Far);
        await editor.ScreenshotAsync("editor-cut");
        await editor.PressAsync("tab-cards");
        await editor.ById("with-opening").CheckAsync();
    }

    /// <summary>Renders, changes the title, which stands on the card, and renders again. Says how long both took.</summary>
    public static async Task RenderTwiceAsync(Guest editor, string title)
    {
        await editor.ById("course-title-field").FillAsync("天平");
        await editor.PressAsync("tab-finish");
        var first = await RenderAsync(editor);
        await editor.PressAsync("tab-details");
        await editor.ById("course-title-field").FillAsync(title);
        await editor.PressAsync("tab-finish");
        var again = await RenderAsync(editor);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"film of {Seconds} s in {first.TotalSeconds:0.0} s, with another title in {again.TotalSeconds:0.0} s"));
    }

    /// <summary>Its pictures at and between the cuts, its loudness, and its rungs as FFprobe sees them.</summary>
    public static async Task CheckAsync(Uri server, ServerCalls calls, RecordingDetail recording, string courseId)
    {
        var folder = Directory.CreateTempSubdirectory("classroom-course-").FullName;
        try
        {
            var play = await calls.GetAsync<CoursePlay>($"/api/courses/{courseId}/play");
            var film = await calls.DownloadAsync(play.MediaBase.TrimEnd('/') + '/' + play.Mp4, folder);
            var seats = await SeatPictures.ReadAsync(calls, recording, folder);
            foreach (var cut in s_cuts)
            {
                await cut.CheckAsync(film, seats);
            }

            Assert.InRange(await FilmProbe.LoudnessAsync(film), -17, -15);
            await RungsAsync(new Uri(server, play.MediaBase.TrimEnd('/') + '/' + play.Hls), calls, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Chooses one quality after the other while the film plays.</summary>
    public static async Task EachRungPlaysAsync(Guest pupil)
    {
        var choices = await pupil.ById("film-quality").Locator("option").AllInnerTextsAsync();
        Assert.Equal(["136p", "180p", "90p"], choices.Skip(1).Order(StringComparer.Ordinal));
        foreach (var height in choices.Skip(1).Reverse())
        {
            await pupil.ById("film-quality").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = height });
            await Expect(pupil.ById("film-video")).ToHaveJSPropertyAsync("videoHeight", int.Parse(height.TrimEnd('p'), CultureInfo.InvariantCulture));
        }
    }

    private static async Task SplitAsync(Guest editor, int secondsIn)
    {
        var keyboard = editor.Page.Keyboard;
        await keyboard.PressAsync("Home");
        for (var second = 0; second < secondsIn; second++)
        {
            await keyboard.PressAsync("Shift+ArrowRight");
        }

        await keyboard.PressAsync("s");
    }

    private static async Task SeatTwoAsync(Guest editor, string layout, string first, string second)
    {
        await editor.PressAsync($"layout-{layout}");
        await editor.PressAsync("place-0");
        await editor.PressAsync($"seat-{first}");
        await editor.PressAsync("place-1");
        await editor.PressAsync($"seat-{second}");
    }

    private static async Task<TimeSpan> RenderAsync(Guest editor)
    {
        var watch = Stopwatch.StartNew();
        await editor.PressAsync("render");
        await editor.ExpectById("film-preview").ToHaveCountAsync(0);
        await editor.ExpectById("film-preview").ToBeVisibleAsync(new() { Timeout = 120_000 });
        return watch.Elapsed;
    }

    private static async Task RungsAsync(Uri master, ServerCalls calls, string folder)
    {
        var lines = await File.ReadAllLinesAsync(await calls.DownloadAsync(master.PathAndQuery, folder));
        var rungs = lines.Where((line, index) => index > 0 && lines[index - 1].Contains("RESOLUTION=", StringComparison.Ordinal)).ToArray();
        var seen = new List<(int Height, string[] KeyFrames)>();
        foreach (var rung in rungs)
        {
            seen.Add(await FilmProbe.KeyFramesAsync(new Uri(master, rung).ToString()));
        }

        Assert.Equal([180, 136, 90], seen.Select(rung => rung.Height).OrderDescending());

        // A player changes over at any segment: key frames stand at the same times on all.
        Assert.All(seen, rung => Assert.Equal(seen[0].KeyFrames, rung.KeyFrames));
        Assert.InRange(seen[0].KeyFrames.Length, Seconds / 5, Seconds);
    }
}
