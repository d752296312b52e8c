using Classroom.Recorder.Drafts;
using Classroom.TestKit.Hls;

namespace Classroom.Recorder.Tests.Media;

/// <summary>
/// An HLS stream as players decode it: each stretch with one header is a file of its own, whose times are those of the segments.
/// So marks are read where a player would show them, also over changes that FFmpeg's own reader of playlists does not follow.
/// </summary>
/// <param name="master">A master playlist with pictures and sound in renditions of their own.</param>
internal sealed class FlatStream(string master, string folder)
{
    /// <summary>White flashes of the pictures, in milliseconds on the lesson clock.</summary>
    public List<double> Flashes => FlashesBetween(0, double.MaxValue);

    /// <summary>Beeps of the sound, in milliseconds on the lesson clock.</summary>
    public List<double> Beeps => BeepsBetween(0, double.MaxValue);

    public List<double> FlashesBetween(double fromSeconds, double toSeconds) => Marks("picture.m3u8", fromSeconds, toSeconds, MediaMarks.Flashes);

    public List<double> BeepsBetween(double fromSeconds, double toSeconds) => Marks("sound.m3u8", fromSeconds, toSeconds, MediaMarks.Beeps);

    private List<double> Marks(string playlist, double fromSeconds, double toSeconds, Func<string, List<double>> read) =>
        [.. HlsStretches.Write(Path.Combine(Path.GetDirectoryName(master)!, playlist), folder, fromSeconds, toSeconds).SelectMany(read).Select(at => at - TrackFollower.EpochMs)
            // A segment may begin in the middle of a mark.
            .Skip(fromSeconds > 0 ? 1 : 0)];
}
