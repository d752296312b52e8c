using Classroom.Rtc;
using Classroom.Rtc.Dtls;

namespace Classroom.MediaServer.Transports;

/// <summary>The DTLS side of one connection. Touched by the handshake worker only.</summary>
internal sealed class HandshakeLink(PeerTransport transport, DtlsCertificate certificate) : IDisposable
{
    private DtlsSession? _session;
    private bool _reported;

    public PeerTransport Transport { get; } = transport;

    public bool IsDisposed { get; private set; }

    public Instant NextTimeout => _session is { State: DtlsState.Handshaking } session ? session.NextTimeout : Instant.Never;

    public void Receive(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (IsDisposed)
        {
            return;
        }

        _session ??= new DtlsSession(certificate, DtlsRole.Server);
        _session.Receive(datagram, now);
        Settle();
    }

    public void OnTimeout(Instant now)
    {
        if (!IsDisposed && _session is { } session)
        {
            session.OnTimeout(now);
            Settle();
        }
    }

    /// <summary>Tells the peer that it is over.</summary>
    public void Close()
    {
        if (!IsDisposed && _session is { } session)
        {
            session.Close();
            SendAll(session);
        }

        Dispose();
    }

    public void Dispose()
    {
        IsDisposed = true;
        _session?.Dispose();
        _session = null;
    }

    private void Settle()
    {
        var session = _session!;
        if (session.State is DtlsState.Failed or DtlsState.Closed)
        {
            SendAll(session);
            Transport.Post(t => t.OnDtlsClosed(this));
            return;
        }

        if (session.State == DtlsState.Connected && !_reported)
        {
            // Before our last flight leaves: the peer's first packets answer it within microseconds.
            _reported = true;
            Report(session);
        }

        SendAll(session);
    }

    private void Report(DtlsSession session)
    {
        if (SessionKeys.From(session) is { } keys)
        {
            Transport.Post(t => t.OnDtlsConnected(this, keys));
            return;
        }

        Transport.Post(t => t.OnDtlsClosed(this));
    }

    private void SendAll(DtlsSession session)
    {
        Span<byte> buffer = stackalloc byte[1500];
        while (session.TryTakeDatagram(buffer, out var length))
        {
            var datagram = buffer[..length].ToArray();
            Transport.Post(t => t.Out.SendRaw(datagram));
        }
    }
}
