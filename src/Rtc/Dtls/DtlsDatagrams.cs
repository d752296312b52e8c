namespace Classroom.Rtc.Dtls;

/// <summary>The datagrams between one session and OpenSSL: one that came in, and those that wait to go out.</summary>
internal sealed class DtlsDatagrams
{
    // A flight with a certificate takes 2 to 4; more than this is a peer that makes us talk to ourselves.
    private const int MaxOutgoing = 32;
    private readonly Queue<byte[]> _outgoing = new();
    private readonly byte[] _incoming = new byte[Datagram.MaxLength];
    private int _incomingLength;

    public int OutgoingCount => _outgoing.Count;

    public void Offer(ReadOnlySpan<byte> datagram)
    {
        datagram.CopyTo(_incoming);
        _incomingLength = datagram.Length;
    }

    /// <summary>Called by OpenSSL; an empty source says so, and OpenSSL asks again after the next datagram.</summary>
    public bool TryReceive(Span<byte> destination, out int length)
    {
        length = Math.Min(_incomingLength, destination.Length);
        _incoming.AsSpan(0, length).CopyTo(destination);
        _incomingLength = 0;
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

    public bool TryTake(Span<byte> destination, out int length)
    {
        length = 0;
        if (!_outgoing.TryPeek(out var datagram) || datagram.Length > destination.Length)
        {
            return false;
        }

        _outgoing.Dequeue();
        datagram.CopyTo(destination);
        length = datagram.Length;
        return true;
    }
}
