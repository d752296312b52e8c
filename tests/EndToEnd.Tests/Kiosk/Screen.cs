using System.Diagnostics;

namespace Classroom.EndToEnd.Tests.Kiosk;

/// <summary>A classroom's screen: an X server without a monitor, for browsers with windows.</summary>
internal sealed class Screen : IAsyncDisposable
{
    public const int Width = 1400;
    public const int Height = 800;
    private readonly Process _server;

    private Screen(Process server, string display) => (_server, Display) = (server, display);

    public string Display { get; }

    public static async Task<Screen> StartAsync()
    {
        // The server chooses a free number by itself and says it when it is ready.
        var start = new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", $"{Width}x{Height}x24", "-nolisten", "tcp"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = Process.Start(start)!;
        server.BeginErrorReadLine();
        var number = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("Xvfb did not start.");
        return new Screen(server, ":" + number);
    }

    /// <summary>What somebody in front of it would see.</summary>
    public async Task ScreenshotAsync(string file)
    {
        using var grab = Process.Start("ffmpeg", ["-v", "error", "-y", "-f", "x11grab", "-video_size", $"{Width}x{Height}", "-i", Display, "-frames:v", "1", file]);
        await grab.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, grab.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }
}
