using System.Diagnostics;
using System.Net;

namespace Classroom.TestKit.Swift;

/// <summary>
/// A real S3 server for contract tests: OpenStack Swift with its s3api middleware, four processes of Debian's packages.
/// Swift reads /etc/swift, so ours is mounted there in a mount namespace that only these processes see.
/// </summary>
public sealed class SwiftServer : IAsyncDisposable
{
    public const string AccessKey = "test:tester";
    public const string SecretKey = "testing";

    private static readonly string[] Parts = ["account", "container", "object", "proxy"];

    private readonly Process _process;
    private readonly string _folder;
    private readonly List<string> _output = [];

    private SwiftServer(string folder, int port, Process process)
    {
        _folder = folder;
        _process = process;
        Endpoint = $"http://127.0.0.1:{port}";
    }

    public string Endpoint { get; }

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start; the message says what to do.</exception>
    public static async Task<SwiftServer> StartAsync(CancellationToken cancellationToken)
    {
        RequireInstalled();
        var folder = Directory.CreateTempSubdirectory("swift-").FullName;
        var ports = Parts.Select(_ => FreePort.Take()).ToArray();
        SwiftConfiguration.Write(folder, ports);
        var process = new Process { StartInfo = Command(folder) };
        var server = new SwiftServer(folder, ports[^1], process);
        process.OutputDataReceived += server.Keep;
        process.ErrorDataReceived += server.Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await server.UntilHealthyAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void RequireInstalled()
    {
        var missing = Parts.Select(part => $"swift-{part}").Where(name => !File.Exists($"/usr/bin/{name}-server")).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"The S3 tests need OpenStack Swift. Install it: apt-get install {string.Join(' ', missing)}");
        }
    }

    private static ProcessStartInfo Command(string folder)
    {
        var servers = string.Join(' ', Parts.Select(part => $"/usr/bin/python3 /usr/bin/swift-{part}-server /etc/swift/{part}.conf & "));
        var info = new ProcessStartInfo("unshare") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var user = Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--user", "--map-root-user"];
        foreach (var argument in (string[])[.. user, "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", $"mount --bind '{folder}/etc' /etc/swift && {servers} wait"])
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.Add(line.Data ?? "");
        }
    }

    private async Task UntilHealthyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await IsHealthyAsync(client, limit.Token))
        {
            if (_process.HasExited || limit.IsCancellationRequested)
            {
                throw new InvalidOperationException("Swift did not start:\n" + string.Join('\n', _output));
            }

            await Task.Yield();
        }
    }

    // Each try waits for the server's own answer or refusal; there is nothing to wait for otherwise.
    private async Task<bool> IsHealthyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await client.GetAsync(Endpoint + "/healthcheck", cancellationToken);
            return reply.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            await Task.Delay(100, CancellationToken.None);
            return false;
        }
    }
}
