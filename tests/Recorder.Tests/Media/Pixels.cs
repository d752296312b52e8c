using System.Diagnostics;
using System.Globalization;

namespace Classroom.Recorder.Tests.Media;

/// <summary>Reads colours of a film's frames.</summary>
internal static class Pixels
{
    /// <summary>"red", "green", "blue", "black" or "white" at a place (0 to 1 in both directions) of the n-th frame.</summary>
    public static string At(string film, int frame, double x, double y)
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
        return read < 3 ? "nothing" : Name(rgb);
    }

    private static string Name(byte[] rgb) => (rgb[0] > 128, rgb[1] > 90, rgb[2] > 128) switch
    {
        (true, false, false) => "red",
        (false, true, false) => "green",
        (false, false, true) => "blue",
        (false, false, false) => "black",
        (true, true, true) => "white",
        _ => string.Create(CultureInfo.InvariantCulture, $"{rgb[0]},{rgb[1]},{rgb[2]}"),
    };
}
