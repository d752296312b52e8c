using System.Diagnostics.CodeAnalysis;

namespace Classroom.Rtc.Dtls;

/// <summary>The datagrams between one session and OpenSSL: one that is coming in, and those that wait to go out.</summary>
internal sealed unsafe class DtlsDatagrams
{
    // A flight with a certificate takes 2 to 4; more than this is a peer that makes us talk to ourselves.
    private const int MaxOutgoing = 32;
    private readonly Queue<byte[]> _outgoing = new();
    private byte* _incoming;
    private int _incomingLength;

    public int OutgoingCount => _outgoing.Count;

    /// <summary>Shows OpenSSL a datagram, which stays where it is until <see cref="Withdraw"/>.</summary>
    public void Offer(byte* datagram, int length)
    {
        _incoming = datagram;
        _incomingLength = length;
    }

    public void Withdraw() => Offer(null, 0);

    /// <summary>Called by OpenSSL; an empty source says so, and OpenSSL asks again after the next datagram.</summary>
    public bool TryReceive(Span<byte> destination, out int length)
    {
        length = Math.Min(_incomingLength, destination.Length);
        new ReadOnlySpan<byte>(_incoming, length).CopyTo(destination);
        Withdraw();
        return length > 0;
    }

    /// <summary>Called by OpenSSL. What does not fit is lost, as on a network: DTLS repeats it.</summary>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        if (_outgoing.Count < MaxOutgoing)
        {
            _outgoing.Enqueue(datagram.ToArray());
        }
    }

    public bool TryTake([NotNullWhen(true)] out byte[]? datagram) => _outgoing.TryDequeue(out datagram);
}
