using System.Globalization;
using System.Text;

namespace Classroom.Recorder.Archives;

/// <summary>Names that every system takes for files, and that a command line takes between quotes.</summary>
internal sealed class ArchiveNames
{
    private const int Longest = 60;
    private const string Harmless = " -_.()（）·";

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One folder or file name of something that people wrote.</summary>
    public static string Of(string words)
    {
        var name = new StringBuilder();
        foreach (var rune in words.EnumerateRunes())
        {
            if (name.Length < Longest)
            {
                var stays = Rune.IsLetterOrDigit(rune) || (rune.IsBmp && Harmless.Contains((char)rune.Value, StringComparison.Ordinal));
                name.Append(stays ? rune.ToString() : "_");
            }
        }

        // Windows takes no dot or space at the end.
        return name.ToString().Trim(' ', '.') is { Length: > 0 } named ? named : "_";
    }

    /// <summary>A path of this archive alone: where it is taken already it gets a number.</summary>
    /// <param name="startMs">On the lesson clock; it tells the files of a seat that was interrupted from each other.</param>
    public string Path(string folder, string subfolder, string seat, long startMs)
    {
        var start = TimeSpan.FromMilliseconds(Math.Max(0, startMs)).ToString(@"hh\.mm\.ss", CultureInfo.InvariantCulture);
        var path = $"{Of(folder)}/{Of(subfolder)}/{Of(seat)} {start}";
        var free = path;
        for (var number = 2; !_taken.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{path} ({number})");
        }

        return free + ".mkv";
    }
}
