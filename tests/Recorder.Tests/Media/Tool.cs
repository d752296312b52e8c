using System.Diagnostics;

namespace Classroom.Recorder.Tests.Media;

/// <summary>Runs a program to its end and gives its output.</summary>
internal static class Tool
{
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {error.Result}");
    }

    public static string Ffmpeg(string arguments) => Run("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    public static string Ffprobe(string arguments) => Run("ffprobe", ["-v", "error", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
}
