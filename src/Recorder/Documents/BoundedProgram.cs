using System.Text;
using Classroom.Recorder.Pipeline;

namespace Classroom.Recorder.Documents;

/// <param name="IsCut">It wrote more than was wanted, and was stopped.</param>
internal sealed record ProgramOutput(int ExitCode, string Text, string Errors, bool IsCut);

/// <summary>
/// Runs a program over a file that nobody vouches for: an argument list, a limit on its time, its memory, its processor
/// time and on what it may say.
/// </summary>
internal static class BoundedProgram
{
    private const string Limiter = "/usr/bin/prlimit";
    private const long MostMemory = 2_000_000_000;
    private const int MostErrorText = 4_000;

    /// <summary>What `prlimit` and `nice` answer when there is no such program.</summary>
    private const int NotFound = 127;

    /// <param name="mostText">Characters of standard output that are kept.</param>
    /// <exception cref="TimeoutException">It took too long and was stopped.</exception>
    /// <exception cref="PipelineException">It is not installed.</exception>
    public static async Task<ProgramOutput> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan limit, int mostText, TimeProvider time, CancellationToken cancellationToken)
    {
        var (command, all) = File.Exists(Limiter)
            ? (Limiter, (IReadOnlyList<string>)[$"--as={MostMemory}", $"--cpu={Math.Ceiling(limit.TotalSeconds)}", "--core=0", "--", program, .. arguments])
            : (program, arguments);
        using var process = FfmpegRunner.Start(command, all);
        using var patience = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var errors = ReadAsync(process.StandardError, MostErrorText, static () => { });
        try
        {
            var text = await ReadAsync(process.StandardOutput, mostText, () => process.Kill(entireProcessTree: true)).WaitAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return process.ExitCode == NotFound
                ? throw new PipelineException($"{program} is not installed on this machine: apt-get install ffmpeg poppler-utils", retry: true, code: "no_encoder")
                : new ProgramOutput(process.ExitCode, text.Text, (await errors).Text, text.IsCut);
        }
        catch (OperationCanceledException stopped)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{program} took longer than {limit.TotalSeconds:0} seconds.", stopped);
        }
    }

    // Reads to the end, so that the program never waits for us, but keeps only the beginning.
    private static async Task<(string Text, bool IsCut)> ReadAsync(StreamReader reader, int most, Action whenMore)
    {
        var kept = new StringBuilder();
        var isCut = false;
        var buffer = new char[4096];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
        {
            var room = most - kept.Length;
            kept.Append(buffer, 0, Math.Min(read, room));
            if (read > room && !isCut)
            {
                isCut = true;
                whenMore();
            }
        }

        return (kept.ToString(), isCut);
    }
}
