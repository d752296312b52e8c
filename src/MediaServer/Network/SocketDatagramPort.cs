using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Classroom.MediaServer.Network;

/// <summary>One datagram per call: for systems without recvmmsg.</summary>
internal sealed unsafe class SocketDatagramPort : IDatagramPort
{
    private const int BufferSize = 2048;

    // A wake-up cannot interrupt the poll here, so commands wait this long at most.
    private const int LongestWaitMicroseconds = 5000;

    private readonly Socket _socket;
    private readonly PortCounters _counters;
    private readonly byte[] _buffer = GC.AllocateArray<byte>(BufferSize, pinned: true);
    private readonly SocketAddress _from;
    private readonly SocketAddressBytes* _name = (SocketAddressBytes*)NativeMemory.AllocZeroed((nuint)sizeof(SocketAddressBytes));
    private int _length;

    public SocketDatagramPort(Socket socket, PortCounters counters)
    {
        _socket = socket;
        _counters = counters;
        _from = new SocketAddress(socket.AddressFamily);
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public bool CanSendRuns => false;

    public void Enter()
    {
    }

    public int Receive(TimeSpan timeout)
    {
        var wait = Math.Min((int)Math.Min(timeout.TotalMicroseconds, int.MaxValue), LongestWaitMicroseconds);
        if (!_socket.Poll(wait, SelectMode.SelectRead))
        {
            return 0;
        }

        try
        {
            _length = _socket.ReceiveFrom(_buffer, SocketFlags.None, _from);
        }
        catch (SocketException)
        {
            // An earlier datagram met a closed port; nothing was read.
            return 0;
        }

        _name->Set(_from.Buffer.Span[.._from.Size]);
        return 1;
    }

    public Span<byte> Datagram(int index) => _buffer.AsSpan(0, _length);

    public SocketAddressBytes* From(int index) => _name;

    public void Send(SendQueue queue)
    {
        for (var i = 0; i < queue.Count; i++)
        {
            Send(ref queue[i]);
        }

        queue.Clear();
        queue.JoinRuns = false;
    }

    public void Wake()
    {
    }

    public void Dispose()
    {
        _socket.Dispose();
        NativeMemory.Free(_name);
    }

    private void Send(ref SendQueue.OutMessage message)
    {
        var to = new SocketAddress(_socket.AddressFamily, (int)message.To->Length);
        message.To->Span.CopyTo(to.Buffer.Span);
        for (var offset = 0; offset < message.Length; offset += message.SegmentSize)
        {
            var data = new ReadOnlySpan<byte>(message.Data + offset, Math.Min(message.SegmentSize, message.Length - offset));
            try
            {
                _socket.SendTo(data, SocketFlags.None, to);
            }
            catch (SocketException)
            {
                _counters.SendErrors++;
            }
        }
    }
}
