using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Classroom.TestKit;

/// <summary>The real server as a process of its own, on free ports with a temporary data folder. It can be killed and started again where it was.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 400;
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, string> _environment;
    private readonly Queue<string> _output = [];
    private readonly ServerPlace _place;
    private readonly string _folder;
    private Process? _process;

    private ServerProcess(Dictionary<string, string> environment, ServerPlace place, string folder) => (_environment, _place, _folder) = (environment, place, folder);

    /// <summary>Plain HTTP; on localhost, which browsers count as a secure page, unless the server has a place of its own.</summary>
    public Uri Address => new($"http://{_place.Host}:{_environment["CLASSROOM_HTTP_PORT"]}");

    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>What the process has used since it was started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory of the process, bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What the server printed last, for messages of failed tests.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="settings">Environment keys over those of a test server.</param>
    public static Task<ServerProcess> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings) =>
        StartAtAsync(ServerPlace.Here, cancellationToken, settings);

    /// <summary>The same in another place, for example a network of its own.</summary>
    public static async Task<ServerProcess> StartAtAsync(ServerPlace place, CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("classroom-e2e-").FullName;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CLASSROOM_DATA"] = Path.Combine(folder, "data"),
            ["CLASSROOM_HTTP_PORT"] = $"{FreePort.Take()}",
            ["CLASSROOM_HTTPS_PORT"] = "-1",
            ["CLASSROOM_MEDIA_PORT"] = $"{FreePort.Take()}",
        };
        environment["CLASSROOM_PUBLIC_URL"] = $"http://{place.Host}:{environment["CLASSROOM_HTTP_PORT"]}";
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        var server = new ServerProcess(environment, place, folder);
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            // A server that nobody got must not stay and slow the tests after this one.
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the killed server again on the same ports and data, and waits until it is ready.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process = Launch();
        using var client = new HttpClient { BaseAddress = Address };
        var waited = Stopwatch.StartNew();
        while (!await IsReadyAsync(client, cancellationToken))
        {
            if (_process.HasExited || waited.Elapsed > StartPatience)
            {
                throw new InvalidOperationException("The server did not become ready:\n" + Output);
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>A join token, made by the program's own command.</summary>
    public async Task<string> TokenAsync(string lesson, string role, string? classroom = null)
    {
        var start = StartInfo(["token", "--lesson", lesson, "--role", role, .. classroom is null ? Array.Empty<string>() : ["--classroom", classroom]]);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var token = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && token.Length > 0 ? token : throw new InvalidOperationException("No token: " + await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await client.GetAsync("/readyz", cancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Process Launch()
    {
        var process = new Process { StartInfo = StartInfo([]) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        string[] command = [.. _place.Prefix, "dotnet", ServerAssembly(), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (key, value) in _environment)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > KeptLines)
            {
                _output.Dequeue();
            }
        }
    }

    /// <summary>The server built with these tests, with its web client beside it: the published one for Release, which is what schools run.</summary>
    private static string ServerAssembly([CallerFilePath] string here = "")
    {
        var isRelease = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        var folder = isRelease ? Path.Combine("artifacts", "server") : Path.Combine("src", "Server", "bin", "Debug", "net10.0");
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", folder, "Classroom.Server.dll"));
    }
}
