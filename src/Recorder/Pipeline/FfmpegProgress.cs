using System.Globalization;

namespace Classroom.Recorder.Pipeline;

/// <summary>Reads the key=value lines of -progress.</summary>
internal static class FfmpegProgress
{
    /// <returns>How much output there is; null for lines that do not tell.</returns>
    public static TimeSpan? Parse(string line) =>
        line.StartsWith("out_time_us=", StringComparison.Ordinal) && long.TryParse(line.AsSpan(12), NumberStyles.Integer, CultureInfo.InvariantCulture, out var micros) && micros >= 0
            ? TimeSpan.FromMicroseconds(micros)
            : null;
}
