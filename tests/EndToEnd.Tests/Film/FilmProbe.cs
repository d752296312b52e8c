using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Classroom.EndToEnd.Tests.Film;

/// <summary>Looks at and listens to a film with FFmpeg: which marks are in its pictures, and when it beeps.</summary>
public static class FilmProbe
{
    private const int SampleRate = 48_000;
    private const short Loud = 3_000;
    private static readonly int s_quiet = (int)(0.3 * SampleRate);

    /// <summary>Length in seconds as FFprobe gives it.</summary>
    public static async Task<double> SecondsAsync(string film)
    {
        var text = await TextAsync("ffprobe", ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", film]);
        return double.Parse(text.Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>Loudness of the whole, LUFS (EBU R 128).</summary>
    public static async Task<double> LoudnessAsync(string film)
    {
        var report = await TextAsync("ffmpeg", ["-nostdin", "-v", "error", "-i", film, "-map", "0:a:0", "-af", "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-", "-f", "null", "-"]);
        return double.Parse(report[(report.LastIndexOf('=') + 1)..].Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>When the key frames of a stream stand, in seconds, and how high its pictures are.</summary>
    /// <param name="film">A file, or the address of a playlist.</param>
    public static async Task<(int Height, string[] KeyFrames)> KeyFramesAsync(string film)
    {
        var height = await TextAsync("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=height", "-of", "csv=p=0", film]);
        var packets = await TextAsync("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts_time,flags", "-of", "csv=p=0", film]);
        var keys = packets.Split('\n').Select(line => line.Split(',')).Where(line => line.Length > 1 && line[1].StartsWith('K')).Select(line => line[0]);
        // A playlist's streams are told twice, once as those of a programme.
        return (int.Parse(height.Split((char[])['\n', ','], StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture), [.. keys]);
    }

    /// <summary>Every picture whose mark can be read, in order.</summary>
    /// <param name="crop">The part of the picture that a seat fills, as FFmpeg's crop filter has it.</param>
    public static async Task<IReadOnlyList<MarkedPicture>> PicturesAsync(string film, string crop = "iw:ih:0:0")
    {
        var times = await TextAsync("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp_time", "-of", "csv=p=0", film]);
        var pixels = await BytesAsync("ffmpeg", ["-v", "error", "-i", film, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf", $"crop={crop},scale={Marks.Width}:{Marks.Height},format=gray", "-f", "rawvideo", "-"]);
        var found = new List<MarkedPicture>();
        var lines = times.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        const int Size = Marks.Width * Marks.Height;
        for (var i = 0; i < lines.Length && (i + 1) * Size <= pixels.Length; i++)
        {
            var at = double.Parse(lines[i].Split(',')[0], CultureInfo.InvariantCulture) * 1000;
            if (Marks.Read(pixels.AsSpan(i * Size, Size), at) is { } picture)
            {
                found.Add(picture);
            }
        }

        return found;
    }

    /// <summary>Where each beep starts, in milliseconds of the file.</summary>
    public static async Task<IReadOnlyList<double>> BeepsAsync(string film)
    {
        var bytes = await BytesAsync("ffmpeg", ["-v", "error", "-i", film, "-map", "0:a:0", "-af", "aresample=48000:async=1:first_pts=0", "-ac", "1", "-f", "s16le", "-"]);
        var samples = MemoryMarshal.Cast<byte, short>(bytes);
        var beeps = new List<double>();
        var silent = s_quiet;
        for (var i = 0; i < samples.Length; i++)
        {
            if (Math.Abs((int)samples[i]) < Loud)
            {
                silent++;
                continue;
            }

            if (silent >= s_quiet)
            {
                beeps.Add(i * 1000.0 / SampleRate);
            }

            silent = 0;
        }

        return beeps;
    }

    private static async Task<string> TextAsync(string program, string[] arguments) => System.Text.Encoding.UTF8.GetString(await BytesAsync(program, arguments));

    private static async Task<byte[]> BytesAsync(string program, string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
        return output.ToArray();
    }
}
