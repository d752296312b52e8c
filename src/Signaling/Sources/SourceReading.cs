using System.Globalization;
using System.Text.Json;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Sources;

/// <summary>Reads what FFprobe says of a stream, and what it complains of.</summary>
internal static class SourceReading
{
    public const string Interlaced = "interlaced";

    private const int LongestSide = 1920;
    private const int MostPixels = 1920 * 1088;
    private static readonly string[] s_profiles = ["Constrained Baseline", "Baseline", "Main", "High"];

    // What FFmpeg says → what it means to a technician. The first that is found counts.
    private static readonly (string Says, string Means)[] s_troubles =
    [
        ("401 Unauthorized", "wrong_password"),
        ("403 Forbidden", "wrong_password"),
        ("404 Not Found", "source_not_found"),
        ("454 Session", "source_not_found"),
        ("Connection refused", "unreachable"),
        ("No route to host", "unreachable"),
        ("Network is unreachable", "unreachable"),
        ("timed out", "unreachable"),
        ("Failed to resolve", "unreachable"),
        ("Name or service not known", "unreachable"),
    ];

    /// <summary>Null when there is neither picture nor sound.</summary>
    public static SourceFormat? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty("streams", out var streams) || streams.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var video = streams.EnumerateArray().FirstOrDefault(stream => Text(stream, "codec_type") == "video");
            var audio = streams.EnumerateArray().FirstOrDefault(stream => Text(stream, "codec_type") == "audio");
            return Text(video, "codec_name") is null && Text(audio, "codec_name") is null ? null : new SourceFormat(
                Text(video, "codec_name"), Text(video, "profile"), Number(video, "width"), Number(video, "height"), FrameRate(video), Text(audio, "codec_name"), WhyEncoded(video));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Why a program ended, from what it printed last.</summary>
    public static string TroubleIn(string errors) =>
        s_troubles.FirstOrDefault(t => errors.Contains(t.Says, StringComparison.OrdinalIgnoreCase)) is { Means: { } means } ? means : "broken_stream";

    private static string? WhyEncoded(JsonElement video)
    {
        var (width, height) = (Number(video, "width"), Number(video, "height"));
        return Text(video, "codec_name") switch
        {
            null => null,
            not "h264" => "codec",
            _ when !s_profiles.Contains(Text(video, "profile")) => "profile",
            _ when Number(video, "has_b_frames") > 0 => "b_frames",
            _ when Text(video, "field_order") is not (null or "progressive" or "unknown") => Interlaced,
            _ when Text(video, "pix_fmt") is not ("yuv420p" or "yuvj420p") => "colours",
            _ when Math.Max(width, height) > LongestSide || width * height > MostPixels => "size",
            _ => null,
        };
    }

    private static double FrameRate(JsonElement video) =>
        (Text(video, "avg_frame_rate") ?? "").Split('/') is [var over, var under]
        && double.TryParse(over, NumberStyles.Float, CultureInfo.InvariantCulture, out var frames)
        && double.TryParse(under, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? Math.Round(frames / seconds, 2)
            : 0;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;
}
