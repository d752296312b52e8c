namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Names of a film's files below its prefix.</summary>
internal static class FilmFiles
{
    public const string Master = "master.m3u8";
    public const string Film = "film.mp4";
    public const string Cover = "cover.jpg";
    public const string Storyboard = "storyboard.jpg";
    public const string StoryboardVtt = "storyboard.vtt";

    /// <summary>Folder of the sound's rendition.</summary>
    public const string Sound = "sound";
}
