using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Pipeline;

/// <summary>Runs one FFmpeg to its end: low priority, progress, a limit on standing still, and a stop that leaves nothing running.</summary>
internal sealed partial class FfmpegRunner(IOptions<RecorderOptions> options, TimeProvider time)
{
    private const int Terminate = 15;
    private static readonly TimeSpan GraceAfterTerminate = TimeSpan.FromSeconds(3);
    private readonly TimeSpan _stall = TimeSpan.FromSeconds(options.Value.StallSeconds);

    /// <param name="arguments">Everything after the program's name; -nostdin and -progress are added.</param>
    /// <param name="onProgress">Called with the length of the output so far.</param>
    /// <param name="feed">Writes what it reads as pipe:0; null: it reads nothing there. What this throws is thrown on.</param>
    /// <exception cref="PipelineException">It failed, stood still, or is not installed.</exception>
    public async Task RunAsync(IEnumerable<string> arguments, Action<TimeSpan> onProgress, CancellationToken cancellationToken, Func<Stream, CancellationToken, Task>? feed = null)
    {
        using var process = Start(options.Value.FfmpegPath, ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-progress", "pipe:1", .. arguments], hasInput: feed is not null);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var watch = time.CreateTimer(_ => stop.Cancel(), null, _stall, Timeout.InfiniteTimeSpan);
        var errors = ReadTailAsync(process.StandardError);
        var feeding = feed is null ? Task.CompletedTask : Task.Run(() => FeedAsync(process, feed, stop.Token), CancellationToken.None);
        try
        {
            var done = TimeSpan.MinValue;
            while (await process.StandardOutput.ReadLineAsync(stop.Token) is { } line)
            {
                if (FfmpegProgress.Parse(line) is { } reached && reached > done)
                {
                    done = reached;
                    watch.Change(_stall, Timeout.InfiniteTimeSpan);
                    onProgress(reached);
                }
            }

            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            throw new PipelineException($"FFmpeg made no progress for {_stall.TotalSeconds:0} seconds and was stopped.", retry: true, code: "encoder_stalled");
        }

        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process.ExitCode != 0 && feeding.Exception?.InnerException is null or IOException)
        {
            throw FfmpegErrors.Explain(process.ExitCode, await errors);
        }

        await feeding;
    }

    // At its end, or where it fails, the program sees the end of its input, and ends.
    private static async Task FeedAsync(Process process, Func<Stream, CancellationToken, Task> feed, CancellationToken cancellationToken)
    {
        await using var input = process.StandardInput.BaseStream;
        await feed(input, cancellationToken);
    }

    /// <summary>Starts a program with lower priority where the system has `nice`.</summary>
    /// <exception cref="PipelineException">It is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, bool hasInput = false)
    {
        var nice = File.Exists("/usr/bin/nice");
        var info = new ProcessStartInfo(nice ? "/usr/bin/nice" : program) { UseShellExecute = false, RedirectStandardInput = hasInput, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in nice ? ["-n", "10", RequireInstalled(program), .. arguments] : arguments)
        {
            info.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception error)
        {
            throw NotInstalled(program, error);
        }
    }

    private static string RequireInstalled(string program)
    {
        var folders = program.Contains('/') ? [""] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? throw NotInstalled(program, null);
    }

    private static PipelineException NotInstalled(string program, Exception? inner) =>
        new($"{program} is not installed on this machine: apt-get install ffmpeg", retry: true, inner, "no_encoder");

    private static async Task StopAsync(Process process)
    {
        if (!process.HasExited && !OperatingSystem.IsWindows())
        {
            SendSignal(process.Id, Terminate);
        }

        using var grace = new CancellationTokenSource(GraceAfterTerminate);
        try
        {
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    // Only the end matters, and an endless complaint must not fill the memory.
    private static async Task<IReadOnlyCollection<string>> ReadTailAsync(StreamReader reader)
    {
        const int MaxLines = 40;
        const int MaxLength = 500;
        var tail = new Queue<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            tail.Enqueue(line.Length > MaxLength ? line[..MaxLength] : line);
            if (tail.Count > MaxLines)
            {
                tail.Dequeue();
            }
        }

        return tail;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
