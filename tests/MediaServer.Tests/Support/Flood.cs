using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Classroom.Rtc.Ice;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>What strangers throw at the media port.</summary>
public enum FloodKind
{
    /// <summary>The beginning of a DTLS handshake, from addresses that ICE knows nothing of.</summary>
    ClientHello,

    /// <summary>Checks for names that nobody here has.</summary>
    UnknownName,

    /// <summary>Checks for the name of a publisher, overheard, without its password.</summary>
    OverheardName,

    /// <summary>RTP without keys.</summary>
    Media,
}

/// <summary>Many sockets of the loopback network, 127.0.0.2 and on, that send to one port without allocating.</summary>
internal sealed class Flood : IDisposable
{
    private const int Sockets = 64;

    private readonly List<Socket> _sockets = [];
    private readonly SocketAddress _server;
    private readonly byte[][] _datagrams;
    private int _next;

    /// <param name="name">Username fragment of ours for <see cref="FloodKind.OverheardName"/>.</param>
    public Flood(FloodKind kind, IPEndPoint server, string name, int seed = 12)
    {
        _server = server.Serialize();
        var random = new Random(seed);
        _datagrams = [.. Enumerable.Range(0, 256).Select(_ => Make(kind, name, random))];
        for (var i = 0; i < Sockets; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + i)]), 0));
            _sockets.Add(socket);
        }
    }

    public long Sent { get; private set; }

    public void Send(int count)
    {
        for (var i = 0; i < count; i++, _next++, Sent++)
        {
            _sockets[_next % Sockets].SendTo(_datagrams[_next % _datagrams.Length], SocketFlags.None, _server);
        }
    }

    /// <summary>Sends at a rate until told to stop.</summary>
    public void Run(int perSecond, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var sent = 0L;
        while (!stop.IsCancellationRequested)
        {
            var due = (long)(clock.Elapsed.TotalSeconds * perSecond);
            Send((int)Math.Min(due - sent, 100));
            sent = due;
            Thread.Sleep(1);
        }
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private static byte[] Make(FloodKind kind, string name, Random random) => kind switch
    {
        FloodKind.UnknownName => Checks.Request($"{IceCredentials.New().Ufrag}:them", "0123456789012345678901"),
        FloodKind.OverheardName => Checks.Request($"{name}:them", "0123456789012345678901"),
        FloodKind.ClientHello => Noise(random, 22, 0xFE),
        _ => Noise(random, 128, 96),
    };

    private static byte[] Noise(Random random, byte first, byte second)
    {
        var bytes = new byte[random.Next(60, 600)];
        random.NextBytes(bytes);
        (bytes[0], bytes[1]) = (first, second);
        return bytes;
    }
}
