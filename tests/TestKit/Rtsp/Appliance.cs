using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Classroom.TestKit.Rtsp;

/// <summary>
/// A recording appliance: a small RTSP 1.0 server (RFC 2326) that plays one film over and over at its own pace, interleaved
/// over TCP. Disposing it is pulling its plug.
/// </summary>
public sealed partial class Appliance : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Process _player;
    private readonly Socket[] _tracks;
    private readonly DirectoryInfo _folder;
    private readonly string _session;
    private readonly string _password;
    private readonly Lock _gate = new();
    private readonly List<ApplianceLine> _lines = [];
    private readonly List<Task> _tasks = [];

    private Appliance(int port, string password, DirectoryInfo folder, Socket[] tracks, Process player, string session)
    {
        (_password, _folder, _tracks, _player, _session) = (password, folder, tracks, player, session);
        Port = port;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _tasks.Add(ListenAsync());
        _tasks.AddRange(tracks.Select((socket, track) => Task.Run(() => PlayAsync(socket, track))));
    }

    public int Port { get; }

    /// <summary>With the account that it asks for.</summary>
    public string Address => AddressWith(_password);

    public string AddressWith(string password) => $"rtsp://admin:{password}@127.0.0.1:{Port}/live";

    /// <param name="film">Its first picture and its first sound are played.</param>
    public static async Task<Appliance> StartAsync(string film, string password, int? port = null)
    {
        var folder = Directory.CreateTempSubdirectory("appliance-");
        var tracks = new[] { Track(folder, "0"), Track(folder, "1") };
        string[] Output(int track, string kind) => ["-map", $"0:{kind}:0", "-c", "copy", "-packetsize", "1400", "-type", "datagram", "-f", "rtp", $"unix:{Path.Combine(folder.FullName, $"{track}")}"];
        var info = new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-re", "-stream_loop", "-1", "-i", film, .. Output(0, "v"), .. Output(1, "a")]) { UseShellExecute = false, RedirectStandardOutput = true };
        var player = Process.Start(info)!;

        // The description comes before the first packet.
        var lines = new List<string>();
        while (lines.Count(line => line.StartsWith("a=control", StringComparison.Ordinal)) < tracks.Length)
        {
            lines.Add(await player.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("FFmpeg ended."));
        }

        var session = string.Concat(lines.Where(line => line != "SDP:").Select(line => Place().Replace(line, "c=IN IP4 0.0.0.0") + "\r\n"));
        return new Appliance(port ?? FreePort.Take(), password, folder, tracks, player, session);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _player.Kill();
        await _player.WaitForExitAsync();
        _player.Dispose();
        Array.ForEach(_tracks, track => track.Dispose());
        lock (_gate)
        {
            _lines.ForEach(line => line.Dispose());
        }

        await Task.WhenAll(_tasks);
        _folder.Delete(recursive: true);
    }

    private static Socket Track(DirectoryInfo folder, string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, name)));
        return socket;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var line = new ApplianceLine(await _listener.AcceptTcpClientAsync(), _session, _password);
                lock (_gate)
                {
                    _lines.Add(line);
                }

                _ = Task.Run(line.Serve);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The plug is pulled.
        }
    }

    private async Task PlayAsync(Socket socket, int track)
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer);
                lock (_gate)
                {
                    _lines.RemoveAll(line => !line.TrySend(track, buffer.AsSpan(0, length)));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The plug is pulled.
        }
    }

    [GeneratedRegex("^c=IN IP4 .*$", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
