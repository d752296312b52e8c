using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Classroom.EndToEnd.Tests.Kiosk;

/// <summary>tools/kiosk/classroom-kiosk.sh as a classroom's desktop starts it. Nothing is attached to its browser.</summary>
internal sealed class Launcher : IAsyncDisposable
{
    /// <summary>The screen is real; cameras and the microphone are the browser's own, which a machine without devices needs.</summary>
    private const string Flags = "--no-sandbox --disable-gpu --window-position=0,0 --use-fake-device-for-media-stream=device-count=2";

    private readonly ProcessStartInfo _start;
    private readonly string _profile;
    private Process? _process;

    public Launcher(Uri server, string profile, Screen screen)
    {
        _profile = profile;
        _start = new ProcessStartInfo(Script(), [server.ToString().TrimEnd('/')]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        _start.Environment["DISPLAY"] = screen.Display;
        _start.Environment["CLASSROOM_BROWSER"] = "chromium";
        _start.Environment["CLASSROOM_PROFILE"] = profile;
        _start.Environment["CLASSROOM_FLAGS"] = $"{Flags} --window-size={Screen.Width},{Screen.Height}";
    }

    public void Start()
    {
        _process = Process.Start(_start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>kill -9 of every process of the browser; the launcher stays.</summary>
    public async Task KillBrowserAsync()
    {
        using var kill = Process.Start("pkill", ["-KILL", "-f", "--", $"--user-data-dir={_profile}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Everything is gone at once; locks of the browser stay behind in its profile.</summary>
    public async Task CutPowerAsync()
    {
        // Waiting for the launcher is waiting for its browser, which writes into the same pipe.
        _process!.Kill();
        await KillBrowserAsync();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await CutPowerAsync();
            _process.Dispose();
        }
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "tools", "kiosk", "classroom-kiosk.sh"));
}
