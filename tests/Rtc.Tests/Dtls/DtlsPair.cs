using Classroom.Rtc.Dtls;

namespace Classroom.Rtc.Tests.Dtls;

/// <summary>A client and a server session on a virtual network.</summary>
internal sealed class DtlsPair : IDisposable
{
    private readonly DtlsCertificate _clientCertificate = DtlsCertificate.Create();
    private readonly DtlsCertificate _serverCertificate = DtlsCertificate.Create();
    private readonly VirtualLink _toServer;
    private readonly VirtualLink _toClient;

    public DtlsPair(int seed = 1, double loss = 0, double duplication = 0, int dropFirst = 0)
    {
        _toServer = new VirtualLink(seed, loss, duplication, dropFirst: dropFirst);
        _toClient = new VirtualLink(seed + 1000, loss, duplication, dropFirst: dropFirst);
        Client = new DtlsSession(_clientCertificate, DtlsRole.Client);
        Server = new DtlsSession(_serverCertificate, DtlsRole.Server);
    }

    public DtlsSession Client { get; }

    public DtlsSession Server { get; }

    public string ClientFingerprint => _clientCertificate.Fingerprint;

    public string ServerFingerprint => _serverCertificate.Fingerprint;

    public int Lost => _toServer.Lost + _toClient.Lost;

    public Instant Now { get; private set; } = Instant.FromMilliseconds(1000);

    /// <summary>
    /// Runs both sides until a condition holds. Virtual time jumps from event to event; where OpenSSL's own clock has to
    /// pass first, it says so on each timeout and the loop comes round again.
    /// </summary>
    public bool RunUntil(Func<bool> condition)
    {
        Client.Start(Now);
        Flush();
        while (!condition())
        {
            var next = Instant.Min(
                Instant.Min(_toServer.NextArrival, _toClient.NextArrival), Instant.Min(Client.NextTimeout, Server.NextTimeout));
            if (next >= Instant.Never)
            {
                return false;
            }

            Now = Instant.Max(Now, next);
            Deliver();
            Client.OnTimeout(Now);
            Server.OnTimeout(Now);
            Flush();
        }

        return true;
    }

    public bool Connect() => RunUntil(() => Client.State == DtlsState.Connected && Server.State == DtlsState.Connected);

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _clientCertificate.Dispose();
        _serverCertificate.Dispose();
    }

    private void Deliver()
    {
        while (_toServer.TryReceive(Now, out var datagram))
        {
            Server.Receive(datagram, Now);
        }

        while (_toClient.TryReceive(Now, out var datagram))
        {
            Client.Receive(datagram, Now);
        }
    }

    private void Flush()
    {
        while (Client.TryTakeDatagram(out var datagram))
        {
            _toServer.Send(datagram, Now);
        }

        while (Server.TryTakeDatagram(out var datagram))
        {
            _toClient.Send(datagram, Now);
        }
    }
}
