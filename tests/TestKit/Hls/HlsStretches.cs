namespace Classroom.TestKit.Hls;

/// <summary>Puts the segments of a media playlist into files that any program can read.</summary>
public static class HlsStretches
{
    /// <summary>All of it, or the segments that begin between two times of the playlist.</summary>
    /// <returns>One MP4 for each stretch between discontinuities and changes of header, in order.</returns>
    public static IReadOnlyList<string> Write(string playlist, string folder, double fromSeconds = 0, double toSeconds = double.MaxValue)
    {
        var at = 0.0;
        var media = HlsPlaylist.Read(playlist);
        var files = new List<string>();
        FileStream? target = null;
        (string?, HlsPlace?, int) last = default;
        foreach (var entry in media.Entries)
        {
            at += entry.Seconds;
            if (at - entry.Seconds < fromSeconds || at - entry.Seconds >= toSeconds)
            {
                continue;
            }

            if (target is null || last != (entry.MapUri, entry.MapRange, entry.Part))
            {
                target?.Dispose();
                files.Add(Path.Combine(folder, $"{Guid.NewGuid():N}.mp4"));
                target = File.Create(files[^1]);
                target.Write(Bytes(media, entry.MapUri!, entry.MapRange));
                last = (entry.MapUri, entry.MapRange, entry.Part);
            }

            target.Write(Bytes(media, entry.Uri, entry.Range));
        }

        target?.Dispose();
        return files;
    }

    internal static byte[] Bytes(HlsPlaylist playlist, string uri, HlsPlace? range)
    {
        using var file = File.OpenRead(HlsValidator.Beside(playlist, uri));
        var place = range ?? new HlsPlace(file.Length, 0);
        if (place.Offset + place.Length > file.Length)
        {
            throw new InvalidDataException($"The range {place.Length}@{place.Offset} lies outside of the file.");
        }

        var bytes = new byte[place.Length];
        file.Position = place.Offset;
        file.ReadExactly(bytes);
        return bytes;
    }
}
