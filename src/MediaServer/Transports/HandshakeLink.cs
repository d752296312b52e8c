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
            _reported = true;
            Report(session);
            return;
        }

        SendAll(session);
    }

    // In one piece: the peer's first packets answer our last flight within microseconds, and need its keys by then; and
    // ours are of no use to the peer before that flight.
    private void Report(DtlsSession session)
    {
        var keys = SessionKeys.From(session);
        var flight = TakeAll(session);
        Transport.Post(t =>
        {
            flight.ForEach(datagram => t.Out.SendRaw(datagram));
            if (keys is null)
            {
                t.OnDtlsClosed(this);
            }
            else
            {
                t.OnDtlsConnected(this, keys);
            }
        });
    }

    private void SendAll(DtlsSession session)
    {
        foreach (var datagram in TakeAll(session))
        {
            Transport.Post(t => t.Out.SendRaw(datagram));
        }
    }

    private static List<byte[]> TakeAll(DtlsSession session)
    {
        var datagrams = new List<byte[]>();
        while (session.TryTakeDatagram(out var datagram))
        {
            datagrams.Add(datagram);
        }

        return datagrams;
    }
}
