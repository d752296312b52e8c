using Classroom.MediaServer.Loops;
using Classroom.Rtc;

namespace Classroom.MediaServer.Transports;

/// <summary>
/// The DTLS side of one connection as its loop sees it: the handshake runs elsewhere, keys come back, and they count only
/// with the certificate that the peer's description named.
/// </summary>
internal sealed class DtlsEnd(MediaLoop loop, PeerTransport transport)
{
    // A handshake takes six datagrams of the peer's, or some dozens on a bad line.
    private TokenBucket _datagrams = new(perSecond: 50, burst: 100);
    private HandshakeLink _link = new(transport, loop.Certificate);

    /// <summary>Null before the handshake is done.</summary>
    public SessionKeys? Keys { get; private set; }

    /// <summary>Fingerprint of the peer's description; null before that has come.</summary>
    public string? Expected { get; private set; }

    /// <summary>The handshake is done and the description is there: whether they match can be told.</summary>
    public bool IsDecided => Keys is not null && Expected is not null;

    /// <summary>The peer showed the certificate that its description named.</summary>
    public bool IsTrusted => IsDecided && Keys!.Fingerprint == Expected;

    /// <summary>Takes the fingerprint of a description.</summary>
    /// <returns>True when it is another than before: that is another DTLS session, and the old keys are gone.</returns>
    public bool Expect(string fingerprint)
    {
        var replaces = Expected is not null && Expected != fingerprint;
        if (replaces)
        {
            Close();
            _link = new HandshakeLink(transport, loop.Certificate);
        }

        Expected = fingerprint;
        return replaces;
    }

    public void OnDatagram(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (!_datagrams.TryTake(now))
        {
            loop.Counters.Refuse(Refusal.TooManyHandshakes);
            return;
        }

        if (!loop.Handshakes.TryPost(_link, datagram))
        {
            loop.Counters.Refuse(Refusal.HandshakeQueueFull);
        }
    }

    /// <summary>Takes the keys of a finished handshake; false when it is not that of the session of now.</summary>
    public bool TryAccept(HandshakeLink link, SessionKeys keys)
    {
        if (!IsCurrent(link))
        {
            keys.Dispose();
            return false;
        }

        Keys = keys;
        return true;
    }

    public bool IsCurrent(HandshakeLink link) => link == _link && !transport.IsClosed;

    /// <summary>Says goodbye to the peer and forgets the keys.</summary>
    public void Close()
    {
        loop.Handshakes.TryClose(_link);
        Keys?.Dispose();
        Keys = null;
    }
}
