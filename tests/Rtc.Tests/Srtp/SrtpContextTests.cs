using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;
using Classroom.TestKit;

namespace Classroom.Rtc.Tests.Srtp;

public sealed class SrtpContextTests
{
    public static TheoryData<SrtpProfile> Profiles => [SrtpProfile.Aead128Gcm, SrtpProfile.Aes128CmHmacSha1_80];

    [Theory, MemberData(nameof(Profiles))]
    public void Packets_of_any_size_come_back_as_they_were(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var random = new Random(7);
        for (ushort sequence = 0; sequence < 300; sequence++)
        {
            var plain = Packet(1, sequence, random.Next(0, 1200));
            random.NextBytes(plain.AsSpan(12));
            var wire = Protect(sender, plain);
            Assert.NotEqual(plain, wire[..plain.Length]);
            Assert.True(receiver.TryUnprotectRtp(wire, out var length));
            Assert.Equal(plain, wire[..length]);
        }
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_header_with_extensions_stays_readable(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var header = Convert.FromHexString("906000010000000200000003BEDE000110AA0000");
        var slot = new byte[200];
        Assert.True(sender.TryProtectRtp(header, "payload"u8, slot, out var written));
        Assert.Equal(header, slot[..header.Length]);
        Assert.True(receiver.TryUnprotectRtp(slot.AsSpan(0, written), out var length));
        Assert.Equal("payload"u8.ToArray(), slot[header.Length..length]);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Prefix_payload_and_padding_stand_together(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var slot = new byte[200];
        Packet(1, 5, 0).CopyTo(slot);
        Assert.True(sender.OpenOutbound(1)!.TryProtect(12, "ab"u8, "cdef"u8, 3, slot, out var written));
        Assert.True(receiver.TryUnprotectRtp(slot.AsSpan(0, written), out var length));
        Assert.True(RtpPacket.TryParse(slot.AsSpan(0, length), out var packet));
        Assert.Equal("abcdef"u8.ToArray(), packet.Payload.ToArray());
        Assert.Equal(3, packet.PaddingLength);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void The_rollover_counter_follows_many_wraps_with_loss_and_reordering(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var random = new Random(11);
        var held = new Queue<byte[]>();
        // Steps of up to 50 over four wraps; one packet in ten comes a few packets late.
        for (var index = 30_000L; index < 300_000; index += random.Next(1, 50))
        {
            var wire = Protect(sender, Packet(1, (ushort)index, 20));
            if (random.Next(10) == 0 && held.Count == 0)
            {
                held.Enqueue(wire);
                continue;
            }

            Assert.True(receiver.TryUnprotectRtp(wire, out _));
            if (held.Count > 0 && random.Next(3) == 0)
            {
                Assert.True(receiver.TryUnprotectRtp(held.Dequeue(), out _));
            }
        }
    }

    [Theory, MemberData(nameof(Profiles))]
    public void The_wrap_itself_is_crossed_in_both_orders(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var wires = new[] { 65533, 65534, 65535, 65536, 65537 }.Select(index => Protect(sender, Packet(1, (ushort)index, 20))).ToArray();
        foreach (var position in new[] { 0, 3, 1, 4, 2 })
        {
            Assert.True(receiver.TryUnprotectRtp(wires[position].ToArray(), out _));
        }

        Assert.All(wires, wire => Assert.False(receiver.TryUnprotectRtp(wire, out _)));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Any_flipped_bit_is_noticed(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var wire = Protect(sender, Packet(1, 100, 30));
        for (var bit = 0; bit < wire.Length * 8; bit++)
        {
            var bent = wire.ToArray();
            bent[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(receiver.TryUnprotectRtp(bent, out _));
        }

        Assert.True(receiver.TryUnprotectRtp(wire, out _));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Replayed_RTCP_is_refused_and_a_flipped_bit_is_noticed(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var plain = Convert.FromHexString("80C9000112345678");
        var wire = new byte[plain.Length + sender.RtcpOverhead];
        Assert.True(sender.TryProtectRtcp(plain, wire, out var written));
        for (var bit = 0; bit < written * 8; bit++)
        {
            var bent = wire.ToArray();
            bent[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(receiver.TryUnprotectRtcp(bent, out _));
        }

        var copy = wire.ToArray();
        Assert.True(receiver.TryUnprotectRtcp(wire, out var length));
        Assert.Equal(plain, wire[..length]);
        Assert.False(receiver.TryUnprotectRtcp(copy, out _));
    }

    [Fact]
    public void A_sequence_number_is_not_protected_twice_unless_allowed()
    {
        using var strict = Context(SrtpProfile.Aead128Gcm);
        using var lenient = new SrtpContext(SrtpProfile.Aead128Gcm, new byte[16], new byte[12]) { AllowsRepeats = true };
        var slot = new byte[100];
        Assert.True(strict.TryProtectRtp(Packet(1, 1, 10), slot, out _));
        Assert.False(strict.TryProtectRtp(Packet(1, 1, 10), slot, out _));

        var first = Protect(lenient, Packet(1, 1, 10));
        Assert.Equal(first, Protect(lenient, Packet(1, 1, 10)));
    }

    [Fact]
    public void A_peer_may_use_64_SSRCs_and_more_only_after_stopping_some()
    {
        using var sender = Context(SrtpProfile.Aead128Gcm);
        using var receiver = Context(SrtpProfile.Aead128Gcm);
        for (uint ssrc = 1; ssrc <= 64; ssrc++)
        {
            Assert.True(receiver.TryUnprotectRtp(Protect(sender, Packet(ssrc, 1, 5)), out _));
        }

        var one = Protect(sender, Packet(65, 1, 5));
        Assert.False(receiver.TryUnprotectRtp(one.ToArray(), out _));
        receiver.ForgetInbound(64);
        Assert.True(receiver.TryUnprotectRtp(one, out _));
    }

    [Fact]
    public void Forged_packets_take_no_place_of_an_SSRC()
    {
        using var sender = Context(SrtpProfile.Aead128Gcm);
        using var receiver = Context(SrtpProfile.Aead128Gcm);
        for (uint ssrc = 1; ssrc <= 1000; ssrc++)
        {
            Assert.False(receiver.TryUnprotectRtp(Packet(ssrc, 1, 50), out _));
        }

        Assert.True(receiver.TryUnprotectRtp(Protect(sender, Packet(7, 1, 5)), out _));
    }

    [Fact]
    public void Too_little_room_is_refused_without_using_up_the_sequence_number()
    {
        using var sender = Context(SrtpProfile.Aead128Gcm);
        var plain = Packet(1, 1, 10);
        Assert.False(sender.TryProtectRtp(plain, new byte[plain.Length + 15], out _));
        Assert.True(sender.TryProtectRtp(plain, new byte[plain.Length + 16], out _));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Nothing_is_allocated_per_packet(SrtpProfile profile)
    {
        using var sender = Context(profile);
        using var receiver = Context(profile);
        var plain = Packet(1, 0, 1000);
        var slot = new byte[1200];
        ushort sequence = 0;
        Assert.Equal(0, Allocations.OfQuietest(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                RtpWriter.SetSequenceNumber(plain, sequence++);
                sender.TryProtectRtp(plain, slot, out var written);
                receiver.TryUnprotectRtp(slot.AsSpan(0, written), out _);
            }
        }));
    }

    private static SrtpContext Context(SrtpProfile profile)
    {
        var key = Enumerable.Range(1, 16).Select(value => (byte)value).ToArray();
        return new SrtpContext(profile, key, key[..profile.MasterSaltLength()]);
    }

    private static byte[] Packet(uint ssrc, ushort sequence, int payload)
    {
        var packet = new byte[12 + payload];
        RtpWriter.WriteHeader(packet, 96, marker: false, sequence, 1000, ssrc);
        return packet;
    }

    private static byte[] Protect(SrtpContext context, byte[] plain)
    {
        var wire = new byte[plain.Length + context.RtpOverhead];
        Assert.True(context.TryProtectRtp(plain, wire, out var written));
        Assert.Equal(wire.Length, written);
        return wire;
    }
}
