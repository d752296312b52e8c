using System.Runtime.InteropServices;
using System.Text.Json;

namespace Classroom.Recorder.Pipeline.Analysis;

/// <summary>The loudest sample of each tenth of a second.</summary>
/// <param name="Peaks">0 to 100, in parts of full scale.</param>
internal sealed record SoundPeaks(int PerSecond, IReadOnlyList<int> Peaks)
{
    private const int TenthsPerSecond = 10;
    private const int SampleRate = 8_000;
    private const int SamplesPerPeak = SampleRate / TenthsPerSecond;

    /// <summary>Mono samples of 16 bits, silence where packets are missing, from the file's zero.</summary>
    public static IReadOnlyList<string> Arguments(string input, string output) =>
        ["-i", input, "-vn", "-map", "0:a:0", "-af", $"aresample={SampleRate}:async=1:first_pts=0", "-ac", "1", "-f", "s16le", output];

    public static SoundPeaks Read(string samples)
    {
        using var file = File.OpenRead(samples);
        var peaks = new List<int>((int)(file.Length / (2 * SamplesPerPeak)) + 1);
        var buffer = new byte[2 * SamplesPerPeak];
        for (int read; (read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 1;)
        {
            var loudest = 0;
            foreach (var sample in MemoryMarshal.Cast<byte, short>(buffer.AsSpan(0, read / 2 * 2)))
            {
                loudest = Math.Max(loudest, Math.Abs((int)sample));
            }

            peaks.Add(loudest * 100 / short.MaxValue);
        }

        return new SoundPeaks(TenthsPerSecond, peaks);
    }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
