using System.Runtime.CompilerServices;
using Classroom.MediaServer.Network.Tcp;

namespace Classroom.MediaServer.Network;

/// <summary>UDP and the TCP connections of a loop as one port: nothing behind it knows which way a peer came.</summary>
internal sealed unsafe class CombinedPort : IDatagramPort
{
    private readonly LinuxDatagramPort _datagrams;
    private readonly StreamTable _streams;
    private int _datagramCount;

    public CombinedPort(LinuxDatagramPort datagrams, StreamTable streams)
    {
        _datagrams = datagrams;
        _streams = streams;
        datagrams.WaitBeside(streams.Descriptor);
    }

    public int Port => _datagrams.Port;

    public bool CanSendRuns => _datagrams.CanSendRuns;

    public void Enter() => _datagrams.Enter();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Receive(TimeSpan timeout)
    {
        _datagramCount = _datagrams.Receive(_streams.HasLeft ? TimeSpan.Zero : timeout);
        return _datagramCount + _streams.Receive();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Span<byte> Datagram(int index) => index < _datagramCount ? _datagrams.Datagram(index) : _streams.Content(index - _datagramCount);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SocketAddressBytes* From(int index) => index < _datagramCount ? _datagrams.From(index) : _streams.From(index - _datagramCount);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Send(SendQueue queue)
    {
        if (_streams.IsUsed)
        {
            _streams.TakeFrom(queue);
        }

        _datagrams.Send(queue);
    }

    public void Wake() => _datagrams.Wake();

    public void Dispose()
    {
        _datagrams.Dispose();
        _streams.Dispose();
    }
}
