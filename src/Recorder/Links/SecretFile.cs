using System.Security.Cryptography;

namespace Classroom.Recorder.Links;

/// <summary>A random key that is made once and kept in a file that only its owner can read.</summary>
internal static class SecretFile
{
    private const int Length = 32;

    public static byte[] ReadOrCreate(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            Create(path);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Length ? key : throw new InvalidDataException($"{path} must hold {Length} bytes; delete it to have a new one made.");
    }

    // Written under another name and linked into place without overwriting: of two processes that start together, one wins whole.
    private static void Create(string path)
    {
        var temporary = path + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Length));
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
