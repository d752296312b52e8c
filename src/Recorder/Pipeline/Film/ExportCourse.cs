using System.Globalization;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Makes a file of a finished film that keeps to the size, the rate and the picture of a preset.</summary>
internal sealed class ExportCourse(IClassroomDbFactory databases, IObjectStore store, FfmpegRunner ffmpeg) : IJobHandler
{
    /// <summary>An encoder that overshoots is given this much less.</summary>
    private const double Less = 0.9;
    private const int MostTries = 3;

    public string Kind => JobKinds.ExportCourse;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var order = JsonSerializer.Deserialize<ExportOrder>(context.Job.PayloadJson, JsonSerializerOptions.Web)!;
        var film = await FindAsync(order.RenditionId, cancellationToken);
        var rates = ExportRates.For(order.Rules, film.DurationMs)
            ?? throw new PipelineException("The film is too long for the size and the rate of this preset.", retry: false, code: "export_too_long");
        var source = await FetchAsync(film.Mp4Key, context.WorkFolder, cancellationToken);
        var output = Path.Combine(context.WorkFolder, "export.mp4");
        for (var attempt = 1; ; attempt++)
        {
            await ffmpeg.RunAsync(
                Arguments(source, order.Rules, rates, output), reached => context.Report(reached.TotalMilliseconds / film.DurationMs * 0.95, "export"), cancellationToken);
            if (order.Rules.MostBytes is not { } most || new FileInfo(output).Length <= most)
            {
                break;
            }

            if (attempt == MostTries)
            {
                throw new PipelineException("The film does not fit the size of this preset.", retry: false, code: "export_too_long");
            }

            rates = rates with { VideoKbps = (int)(rates.VideoKbps * Less) };
        }

        context.Report(0.97, "store");
        await store.PutFileAsync(order.Key, output, cancellationToken);
    }

    public static IReadOnlyList<string> Arguments(string film, PresetRules rules, ExportRates rates, string output)
    {
        var size = rules is { IsExactSize: true, Width: { } width, Height: { } height } ? PictureFit.Into(width, height) + ",setsar=1" : "null";
        var rate = rates.VideoKbps.ToString(CultureInfo.InvariantCulture);
        return
        [
            "-i", film, "-map", "0:v:0", "-map", "0:a:0", "-vf", size, "-r", FilmClock.FramesPerSecond.ToString(CultureInfo.InvariantCulture),
            "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p", "-g", "50",
            "-b:v", $"{rate}k", "-maxrate", $"{rate}k", "-bufsize", $"{rate}k",
            .. rates.IsConstant ? ["-minrate", $"{rate}k", "-x264-params", "nal-hrd=cbr"] : Array.Empty<string>(),
            "-c:a", "aac", "-ar", "48000", "-ac", "2", "-b:a", $"{rates.SoundKbps.ToString(CultureInfo.InvariantCulture)}k", "-movflags", "+faststart", output,
        ];
    }

    private async Task<Rendition> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.Renditions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            ?? throw new PipelineException("The film is gone.", retry: false, code: "course_changed");
    }

    private async Task<string> FetchAsync(string key, string folder, CancellationToken cancellationToken)
    {
        if (store.LocalPath(key) is { } local)
        {
            return local;
        }

        var path = Path.Combine(folder, FilmFiles.Film);
        await using var source = await store.OpenReadAsync(key, 0, null, cancellationToken) ?? throw new PipelineException("The film is gone.", retry: false, code: "course_changed");
        await using var target = File.Create(path);
        await source.CopyToAsync(target, cancellationToken);
        return path;
    }
}
