using System.Diagnostics;
using System.Globalization;
using Classroom.Data;
using Classroom.Recorder;
using Classroom.Recorder.Pipeline;
using Microsoft.Extensions.Options;

namespace Classroom.Benchmarks;

/// <summary>Speed of a whole render (graph, ladder, MP4, pictures) of a minute of 720p, as a multiple of real time.</summary>
public static class LadderBenchmark
{
    private const int Seconds = 60;

    /// <summary>Makes the source, renders it once, and prints one line.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("ladder-").FullName;
        try
        {
            var options = Options.Create(new RecorderOptions());
            var ffmpeg = new FfmpegRunner(options, TimeProvider.System);
            var source = Path.Combine(folder, "source.mkv");
            await ffmpeg.RunAsync(Source(source), static _ => { }, cancellationToken);
            var renderer = new FilmRenderer(ffmpeg, new MediaProbe(options), options);
            var edit = new EditList([new EditClip(0, Seconds * 1000, EditLayout.Single, ["room/seat"])]);
            var film = Directory.CreateDirectory(Path.Combine(folder, "film")).FullName;
            var start = Stopwatch.GetTimestamp();
            await renderer.RenderAsync(edit, [new RenderSource(source, "room/seat", 0, Seconds * 1000, HasVideo: true, HasAudio: true, 720)], film, static (_, _) => { }, cancellationToken);
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ladder: {Seconds} s of 720p in {took:0.0} s, {Seconds / took:0.00}x real time ({options.Value.Preset}, {Environment.ProcessorCount} cores)"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Source(string path) =>
    [
        "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25", "-f", "lavfi", "-i", "sine=f=440:r=48000", "-t", $"{Seconds}",
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "100", "-pix_fmt", "yuv420p", "-c:a", "libopus", "-b:a", "48k", path,
    ];
}
