using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>The test's own eyes: what the made cameras show is what is read back, in both browsers.</summary>
public sealed class HarnessTests
{
    private const string ShowCamera = """
        async (seat) => {
          const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true });
          const devices = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'videoinput');
          video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { deviceId: { exact: devices[seat].deviceId } }, audio: true });
          document.body.append(video);
          await video.play();
        }
        """;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_made_camera_shows_its_school_its_seat_and_the_time(bool firefox)
    {
        await using var server = await ServerProcess.StartAsync(TestContext.Current.CancellationToken);
        await using var browsers = await Browsers.StartAsync();
        var cameras = new MadeCameras(5, "星海", ["教师特写", "学生全景"]);
        var guest = firefox ? await browsers.FirefoxAsync(server.Address, "mirror", cameras) : await browsers.ChromiumAsync(server.Address, "mirror", cameras);
        await guest.Page.GotoAsync("/healthz");
        await guest.Page.EvaluateAsync(ShowCamera, 1);
        await guest.SeesAsync(5);
        Assert.Equal(1, (await guest.MarksAsync()).Single().Seat);
    }
}
