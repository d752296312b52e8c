using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Classroom.TestKit.Rtsp;

/// <summary>One client of an <see cref="Appliance"/>.</summary>
internal sealed class ApplianceLine(TcpClient client, string session, string password) : IDisposable
{
    private const byte Interleaved = (byte)'$';
    private const int SenderReport = 200;

    private readonly BufferedStream _input = new(client.GetStream());
    private readonly string _authorization = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"admin:{password}"));
    private readonly Lock _gate = new();
    private volatile bool _isPlaying;

    /// <summary>Answers until the client is gone.</summary>
    public void Serve()
    {
        try
        {
            while (ReadRequest() is { } request)
            {
                Answer(request);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            // It is gone.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>False when the client is gone.</summary>
    public bool TrySend(int track, ReadOnlySpan<byte> packet)
    {
        if (!_isPlaying)
        {
            return client.Connected;
        }

        Span<byte> frame = stackalloc byte[4 + packet.Length];
        frame[0] = Interleaved;
        frame[1] = (byte)((2 * track) + (packet[1] == SenderReport ? 1 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)packet.Length);
        packet.CopyTo(frame[4..]);
        return TryWrite(frame);
    }

    public void Dispose() => client.Dispose();

    private void Answer(Dictionary<string, string> request)
    {
        var (method, address) = (request[""].Split(' ')[0], request[""].Split(' ')[1]);
        var (status, lines, body) = (method, request.GetValueOrDefault("Authorization") == _authorization) switch
        {
            ("OPTIONS", _) => ("200 OK", "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n", ""),
            (_, false) => ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"appliance\"\r\n", ""),
            ("DESCRIBE", _) => ("200 OK", $"Content-Base: {address}/\r\nContent-Type: application/sdp\r\n", session),
            ("SETUP", _) when !request["Transport"].Contains("TCP", StringComparison.Ordinal) => ("461 Unsupported Transport", "", ""),
            ("SETUP", _) => ("200 OK", $"Session: 1;timeout=60\r\nTransport: {request["Transport"]}\r\n", ""),
            _ => ("200 OK", "Session: 1\r\n", ""),
        };
        var length = body.Length > 0 ? $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n" : "";
        TryWrite(Encoding.UTF8.GetBytes($"RTSP/1.0 {status}\r\nCSeq: {request["CSeq"]}\r\n{lines}{length}\r\n{body}"));
        _isPlaying |= method == "PLAY" && status.StartsWith("200", StringComparison.Ordinal);
    }

    /// <returns>The headers, and the first line under the empty name; null when the client has ended.</returns>
    private Dictionary<string, string>? ReadRequest()
    {
        var first = _input.ReadByte();
        Span<byte> head = stackalloc byte[3];
        while (first == Interleaved)
        {
            // What the client reports of what it gets.
            _input.ReadExactly(head);
            _input.ReadExactly(new byte[BinaryPrimitives.ReadUInt16BigEndian(head[1..])]);
            first = _input.ReadByte();
        }

        if (first < 0)
        {
            return null;
        }

        var request = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [""] = (char)first + ReadLine() };
        while (ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            request[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return request;
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        int next;
        while ((next = _input.ReadByte()) is not ('\n' or < 0))
        {
            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            lock (_gate)
            {
                client.GetStream().Write(bytes);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }
}
