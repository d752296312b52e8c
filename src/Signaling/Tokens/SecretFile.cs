using System.Security.Cryptography;

namespace Classroom.Signaling.Tokens;

/// <summary>A random key kept in a file that only its owner may read, made at first use.</summary>
internal static class SecretFile
{
    public static byte[] ReadOrCreate(string folder, string name, int bytes)
    {
        PrivateFolder(folder);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Create(path, bytes);
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>A folder that only its owner may enter.</summary>
    public static DirectoryInfo PrivateFolder(string path)
    {
        var folder = Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        return folder;
    }

    private static void Create(string path, int bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written under another name first: a second process never reads half a key.
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(bytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
