using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Classroom.Signaling.Sources;

/// <summary>One run of FFmpeg or FFprobe over an address. What it prints is bounded; disposing leaves nothing running.</summary>
internal sealed class SourceProgram : IAsyncDisposable
{
    private const int MostText = 64 * 1024;

    private readonly Process _process;

    private SourceProgram(Process process)
    {
        _process = process;
        Output = ReadAsync(process.StandardOutput);
        Errors = ReadAsync(process.StandardError);
    }

    /// <summary>Standard output to its end.</summary>
    public Task<string> Output { get; }

    /// <summary>What it complained of. May name the address: for reading, not for logs.</summary>
    public Task<string> Errors { get; }

    public bool HasFailed => _process.ExitCode != 0;

    /// <returns>Null: it is not installed.</returns>
    public static async Task<SourceProgram?> StartAsync(string program, IReadOnlyList<string> arguments, SourceAddress address)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            var run = new SourceProgram(Process.Start(info)!);
            await run.TellAsync(SourceInput.Script(address));
            return run;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task TellAsync(string script)
    {
        try
        {
            await _process.StandardInput.WriteAsync(script);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended at once; its exit code says why.
        }
    }

    // To the end, so that the program never waits for us; kept is only the beginning, where the cause stands.
    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
        {
            kept.Append(buffer, 0, Math.Min(read, MostText - kept.Length));
        }

        return kept.ToString();
    }
}
