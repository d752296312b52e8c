using System.Diagnostics;
using System.Globalization;
using Classroom.Data;
using Classroom.Recorder;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Classroom.Benchmarks;

/// <summary>
/// What a film costs: the whole of it beside one plain FFmpeg command that makes the same ladder, and again after its title has changed.
/// </summary>
public static class LadderBenchmark
{
    private const int Seconds = 150;
    private const string Seat = "room/seat";
    private static readonly EditList Edit = new([new EditClip(0, Seconds * 1000, EditLayout.Single, [Seat])]) { Opening = new EditCard(CardStyle.Pine, 4_000, "") };

    /// <summary>Makes the source, the films, and prints a line of each.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("ladder-").FullName;
        try
        {
            var options = Options.Create(new RecorderOptions());
            var ffmpeg = new FfmpegRunner(options, TimeProvider.System);
            var source = Path.Combine(folder, "source.mkv");
            await ffmpeg.RunAsync(Source(source), static _ => { }, cancellationToken);
            var rungs = Ladder.For(720, options.Value.MaxHeight);
            var plain = await TimeAsync(() => ffmpeg.RunAsync(Plain(source, rungs, options.Value.Preset, folder), static _ => { }, cancellationToken));

            var store = new FolderObjectStore(Path.Combine(folder, "store"));
            var renderer = new FilmRenderer(ffmpeg, new EncoderVersion(options, TimeProvider.System), new MediaProbe(options), options);
            RenderSource[] sources = [new("track", source, Seat, 0, Seconds * 1000, HasVideo: true, HasAudio: true, 1280, 720)];
            var first = await TimeAsync(() => RenderAsync("分数的意义"));
            var again = await TimeAsync(() => RenderAsync("小数的意义"));
            Console.WriteLine(Line($"plain FFmpeg: {Seconds} s of 720p in {plain:0.0} s, {Seconds / plain:0.00}x real time ({options.Value.Preset}, {Environment.ProcessorCount} cores)"));
            Console.WriteLine(Line($"film: {first:0.0} s with title card, loudness, MP4, cover and storyboard; {first / plain:0.00} of plain FFmpeg"));
            Console.WriteLine(Line($"after a change of the title: {again:0.0} s, {again / first:P1} of the first"));

            async Task RenderAsync(string title)
            {
                var work = Directory.CreateTempSubdirectory("ladder-work-").FullName;
                var film = Directory.CreateDirectory(Path.Combine(work, "film")).FullName;
                await renderer.RenderAsync(
                    new FilmOrder(Edit, CardWords.None with { Title = title }, sources), new PieceStore(store, "course", work), film, static (_, _) => { }, cancellationToken);
                Directory.Delete(work, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string[] Source(string path) =>
    [
        "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25", "-f", "lavfi", "-i", "sine=f=440:r=48000", "-t", $"{Seconds}",
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "100", "-pix_fmt", "yuv420p", "-c:a", "libopus", "-b:a", "48k", path,
    ];

    /// <summary>The same rungs, rates and key frames as HLS in fMP4, with sound, in one command.</summary>
    private static string[] Plain(string source, IReadOnlyList<Rung> rungs, string preset, string folder) =>
    [
        "-i", source, "-filter_complex",
        $"[0:v]fps=25,split={rungs.Count}{string.Concat(rungs.Select((_, i) => $"[p{i}]"))};{string.Join(';', rungs.Select((rung, i) => $"[p{i}]scale={rung.Width}:{rung.Height}:flags=bilinear[r{i}]"))}",
        .. rungs.SelectMany((rung, i) => (string[])
        [
            "-map", $"[r{i}]", "-c:v", "libx264", "-preset", preset, "-profile:v", "main", "-bf", "0", "-b:v", $"{rung.Kbps}k", "-maxrate", $"{rung.Kbps * 6 / 5}k", "-bufsize", $"{rung.Kbps * 2}k",
            "-g", "50", "-keyint_min", "50", "-sc_threshold", "0", .. Hls(Path.Combine(folder, $"plain-{rung.Name}")),
        ]),
        "-map", "0:a", "-c:a", "aac", "-b:a", "128k", .. Hls(Path.Combine(folder, "plain-sound")),
    ];

    private static string[] Hls(string folder)
    {
        Directory.CreateDirectory(folder);
        return ["-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", Path.Combine(folder, "seg%05d.m4s"), Path.Combine(folder, "index.m3u8")];
    }
}
