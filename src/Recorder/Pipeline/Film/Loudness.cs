using System.Globalization;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Brings whole films to one loudness (EBU R 128): measured over everything first, then one gain.</summary>
internal static class Loudness
{
    private const string Key = "lavfi.r128.I=";

    /// <summary>Below the absolute gate of BS.1770 there is nothing that could be made louder.</summary>
    private const double Silence = -69.5;

    private const double MostGainDb = 60;

    private const double MostCorrectionDb = 4;

    /// <summary>The gain for a film of the measured loudness; none for silence.</summary>
    public static double GainFor(double lufs) => lufs <= Silence ? 0 : Math.Min(MostGainDb, PieceArguments.TargetLufs - lufs);

    /// <summary>What is still missing once the peaks are held down.</summary>
    public static double CorrectionFor(double lufs) => lufs <= Silence ? 0 : Math.Clamp(PieceArguments.TargetLufs - lufs, 0, MostCorrectionDb);

    /// <summary>The last value of FFmpeg's report is that of the whole.</summary>
    public static double Read(string report) => File.ReadLines(report)
        .Where(line => line.StartsWith(Key, StringComparison.Ordinal))
        .Select(line => double.TryParse(line.AsSpan(Key.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var lufs) ? lufs : Silence)
        .LastOrDefault(Silence);
}
