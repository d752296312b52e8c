using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Codecs;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Tests.Media;
using Classroom.Rtc;

namespace Classroom.Recorder.Tests.Capture;

/// <summary>A writer in a process of its own, killed without warning.</summary>
public sealed class KillTests
{
    private const string ChildFolder = "CLASSROOM_TEST_WRITER";
    private static readonly CaptureHeader Header = new("track", new SeatIdentity("lesson", "p", null, "Board"), null, "opus", 0, 0, 0, "lesson/track.mkv");

    [Theory, InlineData(30), InlineData(400), InlineData(3000)]
    public async Task A_killed_writer_loses_at_most_the_open_cluster(int lines)
    {
        using var folder = new TempFolder();
        var info = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { [ChildFolder] = folder.Path } };
        using var child = Process.Start(info)!;
        var written = 0L;
        for (var i = 0; i < lines && await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line; i++)
        {
            written = long.Parse(line, CultureInfo.InvariantCulture);
        }

        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        var path = folder.File(Header.File);
        Assert.True(MatroskaFinisher.Finish(path) >= written - ClusterWriter.MaxMilliseconds);
        Tool.Ffmpeg($"-i {path} -f null -");
    }

    // The child is this same program: it writes until it is killed and never gets to the tests.
    [ModuleInitializer]
    internal static void BecomeWriter()
    {
        if (Environment.GetEnvironmentVariable(ChildFolder) is not { Length: > 0 } folder)
        {
            return;
        }

        var file = new CaptureFile(folder, Header, new MatroskaTracks(null, HasAudio: true), new Instant(0));
        byte[] silence = [0xFC, 0xFF, 0xFE];
        for (var ms = 0L; ; ms += 20)
        {
            var now = Instant.FromMilliseconds(ms);
            file.Add(MatroskaHeader.AudioTrack, new TimedFrame(new MediaFrame(ms * 48, IsKey: true, silence, null, AfterLoss: false), now), now);
            Console.Out.WriteLine(ms.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }
}
