using System.Diagnostics;
using Classroom.Recorder.Tests.Media;

namespace Classroom.Recorder.Tests.Capture;

/// <summary>The disk of the spool fills up in mid-lesson, and is emptied again. Needs the right to mount; without it there is nothing to fill.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public void What_does_not_fit_is_a_marked_gap_and_the_capture_goes_on_when_there_is_room_again()
    {
        using var rig = new CaptureRig();
        if (!Run("mount", $"-t tmpfs -o size=64k tmpfs {rig.Spool.Path}"))
        {
            TestContext.Current.TestOutputHelper?.WriteLine("This account may not mount.");
            return;
        }

        try
        {
            rig.Publish("p", "Board", "H264", new RtpSender(SourceMedia.Make("H264", 30), new Link(TimeSpan.Zero)).Send(CaptureRig.Bell));
            rig.At(CaptureRig.Bell + TimeSpan.FromSeconds(15), () => Assert.True(Run("mount", $"-o remount,size=64m {rig.Spool.Path}")));
            rig.Run();

            Assert.Contains(rig.Gaps, gap => gap.Reason.StartsWith("disk: ", StringComparison.Ordinal));
            Assert.True(rig.Opened.Count >= 2, $"{rig.Opened.Count} files");
            Assert.NotNull(rig.Closed[0].Error);
            Assert.Null(rig.Closed[^1].Error);
            Assert.InRange(CaptureTests.Duration(rig.Finished(rig.Opened.Count - 1)), 1, 16);
        }
        finally
        {
            Run("umount", rig.Spool.Path);
        }
    }

    private static bool Run(string program, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
