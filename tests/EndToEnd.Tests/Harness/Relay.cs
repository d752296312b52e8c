using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Classroom.TestKit;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>coturn on a free port of this machine, with a shared secret as docs/install.md has it.</summary>
public sealed class Relay : IAsyncDisposable
{
    public const string Secret = "a secret of the tests";

    private readonly Process _process;
    private readonly string _folder;

    private Relay(Process process, string folder, string url) => (_process, _folder, Url) = (process, folder, url);

    /// <summary>For CLASSROOM_TURN_URLS.</summary>
    public string Url { get; }

    public static async Task<Relay> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("classroom-turn-").FullName;
        var port = FreePort.Take();
        // A relay on the loopback interface would be answered from another address than it has asked.
        var address = OwnAddress();
        string[] arguments =
        [
            "-n", "--use-auth-secret", $"--static-auth-secret={Secret}", "--realm=classroom", "--no-cli", "--no-tls", "--no-dtls",
            "--no-multicast-peers", $"--listening-port={port}", $"--listening-ip={address}", $"--relay-ip={address}", "--log-file=stdout", "--simple-log", $"--pidfile={folder}/pid", $"--userdb={folder}/db",
        ];
        var start = new ProcessStartInfo("turnserver", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var relay = new Relay(process, folder, $"turn:{address}:{port}?transport=tcp");
        await Eventually.TrueAsync(() => IsListeningAsync(address, port), () => Task.FromResult("turnserver did not listen"));
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsListeningAsync(IPAddress address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static IPAddress OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .First(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
