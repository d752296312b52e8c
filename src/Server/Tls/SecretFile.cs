namespace Classroom.Server.Tls;

/// <summary>Files that only the owner may read.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        // The rights of a folder that is there already are its operator's decision.
        Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);
    }

    /// <summary>Replaces the file; it is never readable by others, not even while it is written.</summary>
    public static void Write(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        var part = file + ".part";
        File.Delete(part);
        using (var writer = new StreamWriter(part, options))
        {
            writer.Write(text);
        }

        File.Move(part, file, overwrite: true);
    }
}
