using System.Runtime.CompilerServices;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>Where screenshots go, to be looked at.</summary>
public static class Artifacts
{
    public static string Folder { get; } = Make();

    private static string Make([CallerFilePath] string here = "")
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "artifacts", "e2e"));
        Directory.CreateDirectory(folder);
        return folder;
    }
}
