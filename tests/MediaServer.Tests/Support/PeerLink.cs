using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>The way of a test client to the server: a UDP socket, or a TCP connection with frames of RFC 4571.</summary>
internal sealed class PeerLink : IDisposable
{
    private const int QuietMs = 50;

    private readonly bool _tcp;
    private readonly IPAddress _local;
    private readonly IPAddress? _wanted;
    private readonly byte[] _stream = new byte[256 * 1024];
    private Socket _socket;
    private int _streamLength;

    /// <param name="tcp">Else UDP.</param>
    /// <param name="local">Address of ours; 127.0.0.1 when not given.</param>
    /// <param name="server">Address of the server's to use: nothing that comes from another is heard. The first that it names when not given.</param>
    public PeerLink(bool tcp = false, IPAddress? local = null, IPAddress? server = null)
    {
        _wanted = server;
        _tcp = tcp;
        _local = local ?? IPAddress.Loopback;
        _socket = Open();
    }

    public EndPoint? Server { get; private set; }

    public EndPoint Local => _socket.LocalEndPoint!;

    /// <summary>Takes the first candidate of this link's kind.</summary>
    public void Connect(SdpDocument description)
    {
        var candidates = description.Sections[0].Attributes.Where(a => a.Name == "candidate").Select(a => a.Value.Split(' '));
        var candidate = candidates.First(c => c[2] == (_tcp ? "tcp" : "udp") && IPAddress.Parse(c[4]).AddressFamily == _local.AddressFamily && (_wanted?.ToString() ?? c[4]) == c[4]);
        Connect(new IPEndPoint(IPAddress.Parse(candidate[4]), int.Parse(candidate[5], CultureInfo.InvariantCulture)));
    }

    public void Connect(IPEndPoint server)
    {
        Server = server;
        if (_tcp || _wanted is not null)
        {
            _socket.Connect(server);
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        if (!_tcp)
        {
            _socket.SendTo(datagram, SocketFlags.None, Server!);
            return;
        }

        var frame = new byte[datagram.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)datagram.Length);
        datagram.CopyTo(frame.AsSpan(2));
        _socket.Send(frame);
    }

    /// <summary>Waits a moment for a datagram; a SocketException when none came.</summary>
    public int Receive(byte[] buffer)
    {
        var socket = _socket;
        try
        {
            return _tcp ? ReceiveFrame(socket, buffer) : socket.Receive(buffer);
        }
        catch (ObjectDisposedException) when (socket != _socket)
        {
            throw new SocketException((int)SocketError.Interrupted);
        }
    }

    /// <summary>Uses another address of the server's from the same port on: only what comes from there is heard.</summary>
    public void Prefer(IPAddress server)
    {
        Server = new IPEndPoint(server, ((IPEndPoint)Server!).Port);
        _socket.Connect(Server);
    }

    /// <summary>Goes on from another port, as behind a NAT that forgot, or on another network.</summary>
    public void Move()
    {
        var former = _socket;
        var next = Open();
        _streamLength = 0;
        if (_tcp)
        {
            next.Connect(Server!);
        }

        _socket = next;
        former.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private int ReceiveFrame(Socket socket, byte[] buffer)
    {
        int length;
        while (_streamLength < 2 || _streamLength < (length = BinaryPrimitives.ReadUInt16BigEndian(_stream)) + 2)
        {
            var count = socket.Receive(_stream, _streamLength, _stream.Length - _streamLength, SocketFlags.None);
            if (count == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            _streamLength += count;
        }

        _stream.AsSpan(2, length).CopyTo(buffer);
        _streamLength -= length + 2;
        _stream.AsSpan(length + 2, _streamLength).CopyTo(_stream);
        return length;
    }

    private Socket Open()
    {
        var socket = _tcp
            ? new Socket(_local.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(_local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (!_tcp)
        {
            socket.ReceiveBufferSize = 4 * 1024 * 1024;
            socket.Bind(new IPEndPoint(_local, 0));
        }

        socket.ReceiveTimeout = QuietMs;
        return socket;
    }
}
