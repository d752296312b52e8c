using System.Globalization;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Codecs;
using Classroom.Recorder.Matroska;
using Classroom.Rtc;

namespace Classroom.Recorder.Tests.Kills;

/// <summary>Captures sound until it is killed, and says how many milliseconds it has taken.</summary>
internal static class WriterProcess
{
    public const string Name = "writer";

    public static CaptureHeader Header { get; } = new("track", new SeatIdentity("lesson", "p", null, "Board"), null, "opus", 0, 0, 0, "lesson/track.mkv");

    public static async Task<int> RunAsync(string folder)
    {
        var file = new CaptureFile(folder, Header, new MatroskaTracks(null, HasAudio: true), new Instant(0));
        byte[] silence = [0xFC, 0xFF, 0xFE];
        for (var ms = 0L; ; ms += 20)
        {
            var now = Instant.FromMilliseconds(ms);
            file.Add(MatroskaHeader.AudioTrack, new TimedFrame(new MediaFrame(ms * 48, IsKey: true, silence, null, AfterLoss: false), now), now);
            await Console.Out.WriteLineAsync(ms.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }
    }
}
