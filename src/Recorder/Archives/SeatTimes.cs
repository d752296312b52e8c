using System.Globalization;
using System.Text;

namespace Classroom.Recorder.Archives;

/// <param name="Path">In the archive.</param>
/// <param name="StartMs">Where its time zero lies on the lesson clock.</param>
internal sealed record SeatFile(string Path, string ObjectKey, long Length, long StartMs, long DurationMs);

/// <summary>The text that lies beside the files: when each begins, and how they become one.</summary>
internal static class SeatTimes
{
    /// <summary>UTF-8 with a mark and Windows' line ends: every editor shows it as it is.</summary>
    public static byte[] Write(string title, IReadOnlyList<SeatFile> files, ArchiveWords words)
    {
        var text = new StringBuilder().Append(title).Append("\n\n").Append(words.Intro).Append("\n\n").Append(words.Columns).Append('\n');
        foreach (var file in files)
        {
            text.Append(Time(file.StartMs)).Append("  ").Append(Time(file.StartMs + file.DurationMs)).Append("  ").Append(file.Path).Append('\n');
        }

        text.Append('\n').Append(words.Joined).Append("\n\n").Append(Command(files, words)).Append('\n');
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString().ReplaceLineEndings("\r\n"))];
    }

    /// <summary>One line that joins all files, each from its time on, without encoding anything.</summary>
    private static string Command(IReadOnlyList<SeatFile> files, ArchiveWords words)
    {
        var command = new StringBuilder("ffmpeg");
        foreach (var file in files)
        {
            command.Append(CultureInfo.InvariantCulture, $" -itsoffset {file.StartMs / 1000m:0.000} -i \"{file.Path}\"");
        }

        foreach (var index in Enumerable.Range(0, files.Count))
        {
            command.Append(CultureInfo.InvariantCulture, $" -map {index}");
        }

        return command.Append($" -c copy \"{words.All}.mkv\"").ToString();
    }

    private static string Time(long ms) => (ms < 0 ? "-" : "") + TimeSpan.FromMilliseconds(Math.Abs(ms)).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
