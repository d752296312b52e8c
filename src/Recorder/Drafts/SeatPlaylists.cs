namespace Classroom.Recorder.Drafts;

/// <summary>The playlists of one captured file on its own, for the replay of all seats side by side.</summary>
internal static class SeatPlaylists
{
    public const string Master = "seat.m3u8";
    public const string Picture = "picture.m3u8";
    public const string Sound = "sound.m3u8";

    /// <summary>Writes them into the folder; none when nothing can be played.</summary>
    /// <returns>Their names, the master last: it is stored when all it names is there.</returns>
    public static IReadOnlyList<string> Write(SeatIndex index, string folder)
    {
        var picture = index.Pictures.Count == 0 ? null : PictureOf(index);
        var sound = index.Sounds.Count == 0 ? null : SoundOf(index);
        HlsTrack[] tracks = [.. new[] { picture, sound }.OfType<HlsTrack>()];
        if (tracks.Length == 0)
        {
            return [];
        }

        var target = tracks.Max(track => track.TargetSeconds);
        foreach (var track in tracks)
        {
            File.WriteAllText(Path.Combine(folder, track.Uri), HlsText.Media(track, target));
        }

        File.WriteAllText(Path.Combine(folder, Master), HlsText.Master(picture, sound));
        return [.. tracks.Select(track => track.Uri), Master];
    }

    private static HlsTrack PictureOf(SeatIndex index) => new(
        Picture,
        [.. index.Pictures.Select(piece => Segment(piece, index.Inits[piece.Init].File))],
        [.. index.Inits.Select(init => init.Codec).Distinct()],
        index.Inits.Max(init => init.Width),
        index.Inits.Max(init => init.Height));

    private static HlsTrack SoundOf(SeatIndex index) => new(Sound, [.. index.Sounds.Select(piece => Segment(piece, SeatIndex.SoundInit))], ["opus"]);

    // What follows goes on where this ends: times are not broken, so that a change of size is a change of header and nothing more.
    private static HlsSegment Segment(SeatPiece piece, string init) =>
        new(piece.File, null, (piece.ToMs - piece.FromMs) / 1000.0, piece.Bytes, HlsText.Map(init));
}
