using Classroom.Rtc.Dtls;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.Rtc.Tests.Dtls;

public sealed class DtlsSessionTests
{
    [Fact]
    public void Both_sides_learn_the_others_fingerprint_and_the_same_keys()
    {
        using var pair = new DtlsPair();
        Assert.True(pair.Connect());

        Assert.Equal(pair.ClientFingerprint, pair.Server.RemoteFingerprint);
        Assert.Equal(pair.ServerFingerprint, pair.Client.RemoteFingerprint);
        var server = pair.Server.ExportKeys()!;
        var client = pair.Client.ExportKeys()!;
        Assert.Equal(SrtpProfile.Aead128Gcm, server.Profile);
        Assert.Equal(client.ClientKey, server.ClientKey);
        Assert.Equal(client.ServerKey, server.ServerKey);
        Assert.Equal(client.ClientSalt, server.ClientSalt);
        Assert.Equal(client.ServerSalt, server.ServerSalt);
        Assert.NotEqual(server.ClientKey, server.ServerKey);
        Assert.Equal(12, server.ServerSalt.Length);
    }

    [Fact]
    public void Every_datagram_fits_the_path()
    {
        using var certificate = DtlsCertificate.Create();
        using var client = new DtlsSession(certificate, DtlsRole.Client);
        using var server = new DtlsSession(certificate, DtlsRole.Server);
        var now = Instant.FromMilliseconds(0);
        client.Start(now);
        for (var turn = 0; turn < 4; turn++)
        {
            while (client.TryTakeDatagram(out var datagram))
            {
                Assert.InRange(datagram.Length, 13, 1200);
                Assert.Equal(DatagramKind.Dtls, Datagram.Classify(datagram));
                server.Receive(datagram, now);
            }

            while (server.TryTakeDatagram(out var datagram))
            {
                Assert.InRange(datagram.Length, 13, 1200);
                client.Receive(datagram, now);
            }
        }

        Assert.Equal(DtlsState.Connected, client.State);
        Assert.Equal(DtlsState.Connected, server.State);
        Assert.Equal(Instant.Never, client.NextTimeout);
        Assert.Equal(Instant.Never, server.NextTimeout);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reordering_and_duplication_do_no_harm(int seed)
    {
        using var pair = new DtlsPair(seed, duplication: 0.5);
        Assert.True(pair.Connect());
        Assert.Equal(pair.Client.ExportKeys()!.ServerKey, pair.Server.ExportKeys()!.ServerKey);
    }

    [Fact]
    public void Lost_flights_are_repeated()
    {
        using var pair = new DtlsPair(dropFirst: 2);
        Assert.True(pair.Connect());
        Assert.Equal(4, pair.Lost);
        Assert.Equal(pair.ClientFingerprint, pair.Server.RemoteFingerprint);
    }

    [Fact]
    public void The_first_repetition_is_due_after_100_ms()
    {
        using var certificate = DtlsCertificate.Create();
        using var client = new DtlsSession(certificate, DtlsRole.Client);
        var now = Instant.FromMilliseconds(5000);
        client.Start(now);
        // Some of the 100 ms may have passed on OpenSSL's clock already.
        Assert.InRange(client.NextTimeout - now, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100));
        client.OnTimeout(now);
        Assert.NotEqual(Instant.Never, client.NextTimeout);
    }

    [Fact]
    public void A_close_reaches_the_other_side()
    {
        using var pair = new DtlsPair();
        Assert.True(pair.Connect());
        pair.Server.Close();
        Assert.Equal(DtlsState.Closed, pair.Server.State);
        Assert.True(pair.RunUntil(() => pair.Client.State == DtlsState.Closed));
        Assert.Null(pair.Client.ExportKeys());
    }

    [Fact]
    public void Garbage_before_and_after_the_handshake_is_ignored()
    {
        using var pair = new DtlsPair();
        var random = new Random(3);
        Garbage(pair.Server, random, pair.Now);
        Assert.True(pair.Connect());
        Garbage(pair.Server, random, pair.Now);
        Garbage(pair.Client, random, pair.Now);
        Assert.Equal(DtlsState.Connected, pair.Server.State);
        Assert.Equal(DtlsState.Connected, pair.Client.State);
    }

    [Fact]
    public void A_disposed_session_is_deaf()
    {
        using var certificate = DtlsCertificate.Create();
        var session = new DtlsSession(certificate, DtlsRole.Server);
        session.Dispose();
        session.Dispose();
        session.Receive([22, 254, 253, 0], Instant.FromMilliseconds(0));
        session.OnTimeout(Instant.Never);
        session.Close();
        Assert.Null(session.ExportKeys());
        Assert.False(session.TryTakeDatagram(out _));
    }

    // Handshakes run off the media loop: the session is made on one thread, used on others, one at a time.
    [Fact]
    public async Task A_session_may_move_between_threads()
    {
        using var pair = new DtlsPair();
        Assert.True(await Task.Run(pair.Connect));
        Assert.NotNull(await Task.Run(pair.Server.ExportKeys));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Media_flows_over_a_lossy_link_after_the_handshake(int seed)
    {
        using var pair = new DtlsPair(seed, loss: 0.05, duplication: 0.1);
        Assert.True(pair.Connect());
        using var sender = pair.Server.ExportKeys()!.CreateOutbound(DtlsRole.Server);
        using var receiver = pair.Client.ExportKeys()!.CreateInbound(DtlsRole.Client);
        var link = new VirtualLink(seed, loss: 0.1, duplication: 0.1, maxDelayMs: 60);
        var received = new HashSet<uint>();
        var buffer = new byte[200];
        var now = pair.Now;

        // A hundred packets a second for a quarter of an hour: the sequence number wraps once.
        const int Packets = 90_000;
        for (var i = 0; i < Packets; i++, now += TimeSpan.FromMilliseconds(10))
        {
            RtpWriter.WriteHeader(buffer, 111, false, (ushort)i, (uint)i, 42);
            Assert.True(sender.TryProtectRtp(buffer.AsSpan(0, 12), "voice"u8, buffer.AsSpan(50), out var written));
            link.Send(buffer.AsSpan(50, written), now);
            while (link.TryReceive(now, out var datagram))
            {
                if (receiver.TryUnprotectRtp(datagram, out var length))
                {
                    Assert.True(RtpPacket.TryParse(datagram.AsSpan(0, length), out var packet));
                    Assert.Equal("voice"u8.ToArray(), packet.Payload.ToArray());
                    Assert.True(received.Add(packet.Timestamp), "A duplicate got through.");
                }
            }
        }

        // All but the lost and the last few in flight.
        Assert.InRange(received.Count, Packets - link.Lost - 10, Packets - link.Lost);
    }

    private static void Garbage(DtlsSession session, Random random, Instant now)
    {
        for (var i = 0; i < 200; i++)
        {
            var datagram = new byte[random.Next(1, 300)];
            random.NextBytes(datagram);
            datagram[0] = (byte)random.Next(20, 64);
            session.Receive(datagram, now);
        }
    }
}
