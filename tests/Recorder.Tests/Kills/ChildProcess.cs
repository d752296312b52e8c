using System.Diagnostics;

namespace Classroom.Recorder.Tests.Kills;

/// <summary>A program of its own that is killed without warning.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="name">Which one: see <see cref="Program"/>.</param>
    public ChildProcess(string name, string argument)
    {
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, typeof(ChildProcess).Assembly.GetName().Name!))
        {
            ArgumentList = { name, argument },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(info)!;
    }

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>SIGKILL. What the program started goes on, as it does after a crash.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
