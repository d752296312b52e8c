using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline;

/// <summary>What a media file holds.</summary>
/// <param name="VideoCodec">Null when there is no picture.</param>
internal sealed record MediaInfo(double Seconds, string? VideoCodec, int Width, int Height, string? AudioCodec);

/// <summary>Describes files with FFprobe, which may open nothing but the file itself.</summary>
internal sealed class MediaProbe(IOptions<RecorderOptions> options)
{
    /// <summary>For every program that opens what somebody has sent: formats that hold all they need. A playlist must neither show the files of others nor call out.</summary>
    public static readonly IReadOnlyList<string> NothingElse =
    [
        "-protocol_whitelist", "file",
        "-format_whitelist", "matroska,mov,avi,mpegts,mpeg,flv,asf,ogg,wav,mp3,aac,image2,png_pipe,jpeg_pipe,webp_pipe,ppm_pipe",
    ];

    /// <exception cref="PipelineException">It is not a media file.</exception>
    public async Task<MediaInfo> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var process = FfmpegRunner.Start(options.Value.FfprobePath, Arguments(path));
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        await errors;
        return (process.ExitCode == 0 ? Parse(output) : null)
            ?? throw new PipelineException($"{Path.GetFileName(path)} is not a video.", retry: false, code: "broken_file");
    }

    public static IReadOnlyList<string> Arguments(string path) =>
        ["-v", "error", .. NothingElse, "-print_format", "json", "-show_format", "-show_streams", path];

    /// <returns>Null when there is neither picture nor sound.</returns>
    public static MediaInfo? Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("streams", out var streams))
        {
            return null;
        }

        var video = streams.EnumerateArray().FirstOrDefault(stream => Text(stream, "codec_type") == "video");
        var audio = streams.EnumerateArray().FirstOrDefault(stream => Text(stream, "codec_type") == "audio");
        if (video.ValueKind == JsonValueKind.Undefined && audio.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        document.RootElement.TryGetProperty("format", out var format);
        _ = double.TryParse(Text(format, "duration"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        return new MediaInfo(seconds, Text(video, "codec_name"), Number(video, "width"), Number(video, "height"), Text(audio, "codec_name"));
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
}
