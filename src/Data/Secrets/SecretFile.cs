using System.Security.Cryptography;

namespace Classroom.Data.Secrets;

/// <summary>Files and folders that only their owner may read.</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder that only its owner may enter. The rights of a folder that is there already are its operator's decision.</summary>
    public static DirectoryInfo CreateFolder(string folder) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(folder)
        : Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);

    /// <summary>The random key in the file, made at first use.</summary>
    /// <param name="bytes">Length of the key.</param>
    /// <exception cref="InvalidDataException">The file has another length: it is not a key of ours.</exception>
    public static byte[] ReadOrCreate(string folder, string name, int bytes)
    {
        var file = Path.Combine(CreateFolder(folder).FullName, name);
        if (!File.Exists(file))
        {
            Place(file, RandomNumberGenerator.GetBytes(bytes), overwrite: false);
        }

        var key = File.ReadAllBytes(file);
        return key.Length == bytes ? key : throw new InvalidDataException($"{file} must hold {bytes} bytes; delete it to have a new one made.");
    }

    /// <summary>Replaces the file; it is never readable by others, not even while it is written.</summary>
    public static void Write(string file, string text) => Place(file, System.Text.Encoding.UTF8.GetBytes(text), overwrite: true);

    // Written under a name of its own and moved into place: of two processes that start together, one wins whole.
    private static void Place(string file, ReadOnlySpan<byte> content, bool overwrite)
    {
        var part = $"{file}.{Guid.NewGuid():N}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using (var stream = new FileStream(part, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(part, file, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(file))
        {
            File.Delete(part);
        }
    }
}
