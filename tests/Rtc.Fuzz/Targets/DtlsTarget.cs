using Classroom.Rtc.Dtls;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Datagrams to DTLS sessions in every state: waiting, in the middle of a handshake, connected.</summary>
internal sealed class DtlsTarget : FuzzTarget
{
    private const int InputsPerSession = 200;
    private readonly DtlsCertificate _certificate = DtlsCertificate.Create();
    private readonly List<DtlsSession> _sessions = [];
    private int _inputs;
    private long _now;

    public DtlsTarget() => Corpus = RecordHandshake();

    public override string Name => "dtls";

    public override IReadOnlyList<byte[]> Corpus { get; }

    // Answers of up to 32 datagrams, which a new session in each round adds to.
    public override long AllocationLimit => 256 * 1024;

    public override int Run(byte[] input)
    {
        if (_inputs++ % InputsPerSession == 0)
        {
            Renew();
        }

        var hash = new HashCode();
        foreach (var session in _sessions)
        {
            var now = Instant.FromMilliseconds(_now++);
            session.Receive(input, now);
            session.OnTimeout(now);
            var answers = 0;
            while (session.TryTakeDatagram(out var datagram))
            {
                Require(datagram.Length <= Datagram.MaxLength, "A datagram is too long for the path.");
                answers++;
            }

            Require(answers <= 32, "One datagram is answered with a flood.");
            hash.Add(session.State);
            hash.Add(answers);
        }

        return hash.ToHashCode();
    }

    public override void Dispose()
    {
        DisposeSessions();
        _certificate.Dispose();
        base.Dispose();
    }

    private void Renew()
    {
        DisposeSessions();
        _sessions.Add(new DtlsSession(_certificate, DtlsRole.Server));
        foreach (var turns in new[] { 1, 3 })
        {
            var client = new DtlsSession(_certificate, DtlsRole.Client);
            var server = new DtlsSession(_certificate, DtlsRole.Server);
            Exchange(client, server, turns, record: null);
            _sessions.Add(client);
            _sessions.Add(server);
        }
    }

    private List<byte[]> RecordHandshake()
    {
        var record = new List<byte[]>();
        using var client = new DtlsSession(_certificate, DtlsRole.Client);
        using var server = new DtlsSession(_certificate, DtlsRole.Server);
        Exchange(client, server, turns: 3, record);
        server.Close();
        while (server.TryTakeDatagram(out var datagram))
        {
            record.Add(datagram);
        }

        return record;
    }

    private void Exchange(DtlsSession client, DtlsSession server, int turns, List<byte[]>? record)
    {
        var now = Instant.FromMilliseconds(_now);
        client.Start(now);
        for (var turn = 0; turn < turns; turn++)
        {
            Carry(client, server, now, record);
            if (turn < turns - 1)
            {
                Carry(server, client, now, record);
            }
        }
    }

    private void Carry(DtlsSession from, DtlsSession to, Instant now, List<byte[]>? record)
    {
        while (from.TryTakeDatagram(out var datagram))
        {
            record?.Add(datagram);
            to.Receive(datagram, now);
        }
    }

    private void DisposeSessions()
    {
        _sessions.ForEach(session => session.Dispose());
        _sessions.Clear();
    }
}
