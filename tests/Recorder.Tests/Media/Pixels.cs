using System.Diagnostics;
using System.Globalization;

namespace Classroom.Recorder.Tests.Media;

/// <summary>Reads colours of a film's frames.</summary>
internal static class Pixels
{
    /// <summary>"red", "green", "blue", "black" or "white" at a place (0 to 1 in both directions) of the n-th frame.</summary>
    public static string At(string film, int frame, double x, double y) => Read(film, frame, x, y) is [var red, var green, var blue] ? Name(red, green, blue) : "nothing";

    /// <summary>The colour itself, as the film says that it is to be shown.</summary>
    public static (int Red, int Green, int Blue) ColourAt(string film, int frame, double x, double y) =>
        Read(film, frame, x, y) is [var red, var green, var blue] ? (red, green, blue) : throw new InvalidOperationException($"{film} has no picture {frame}");

    /// <summary>The darkest and the lightest point of the n-th frame, 0 to 255.</summary>
    /// <param name="crop">Filters that choose a part of it, ending with a comma.</param>
    public static (int Least, int Most) Range(string film, int frame, string crop = "")
    {
        var report = Tool.Run(
            "ffmpeg", "-nostdin", "-v", "error", "-i", film, "-vf", $"select=eq(n\\,{frame}),{crop}signalstats,metadata=print:file=-", "-frames:v", "1", "-f", "null", "-");
        return (Value("YMIN"), Value("YMAX"));

        int Value(string name)
        {
            var line = report.Split('\n').First(line => line.StartsWith($"lavfi.signalstats.{name}=", StringComparison.Ordinal));
            return int.Parse(line.Split('=')[1], CultureInfo.InvariantCulture);
        }
    }

    private static byte[] Read(string film, int frame, double x, double y)
    {
        var at = FormattableString.Invariant($"select=eq(n\\,{frame}),crop=4:4:(iw-4)*{x}:(ih-4)*{y},scale=1:1,format=rgb24");
        var info = new ProcessStartInfo("ffmpeg") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-nostdin", "-v", "error", "-i", film, "-vf", at, "-frames:v", "1", "-f", "rawvideo", "-"])
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        var rgb = new byte[3];
        var read = process.StandardOutput.BaseStream.ReadAtLeast(rgb, 3, throwOnEndOfStream: false);
        process.WaitForExit();
        return rgb[..read];
    }

    private static string Name(byte red, byte green, byte blue) => (red > 128, green > 90, blue > 128) switch
    {
        (true, false, false) => "red",
        (false, true, false) => "green",
        (false, false, true) => "blue",
        (false, false, false) => "black",
        (true, true, true) => "white",
        _ => string.Create(CultureInfo.InvariantCulture, $"{red},{green},{blue}"),
    };
}
