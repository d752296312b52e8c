using System.Diagnostics;

namespace Classroom.Server.Tests.Sources;

/// <summary>What appliances play, and what a decoder makes of what is received.</summary>
internal static class Film
{
    /// <summary>H.264 and AAC, two key frames a second.</summary>
    public static string Make(string folder, int bFrames, string size = "320x180")
    {
        var film = Path.Combine(folder, $"film-{bFrames}-{Guid.NewGuid():N}.mp4");
        Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", $"testsrc2=s={size}:r=25", "-f", "lavfi", "-i", "sine=440:r=48000", "-t", "4",
            "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-bf", $"{bFrames}", "-g", "12", "-pix_fmt", "yuv420p", "-c:a", "aac", film);
        return film;
    }

    /// <summary>Pictures or samples that a decoder finds, without a complaint: "h264 320 180 50".</summary>
    public static string Decode(string file, string stream) =>
        Run("ffprobe", "-v", "error", "-count_frames", "-select_streams", stream, "-show_entries", "stream=codec_name,width,height,sample_rate,nb_read_frames", "-of", "default=nw=1:nk=1", file)
            .ReplaceLineEndings(" ").Trim();

    private static string Run(string program, params IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && errors.Result.Length == 0 ? output : throw new InvalidOperationException($"{program}: {errors.Result}");
    }
}
