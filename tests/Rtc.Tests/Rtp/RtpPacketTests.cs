using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Tests.Rtp;

public sealed class RtpPacketTests
{
    [Fact]
    public void Reads_every_field_of_a_plain_packet()
    {
        byte[] data = [0x80, 0xE0, 0x12, 0x34, 0x01, 0x02, 0x03, 0x04, 0xA0, 0xB0, 0xC0, 0xD0, 7, 8, 9];

        Assert.True(RtpPacket.TryParse(data, out var packet));
        Assert.True(packet.Marker);
        Assert.Equal(96, packet.PayloadType);
        Assert.Equal(0x1234, packet.SequenceNumber);
        Assert.Equal(0x01020304u, packet.Timestamp);
        Assert.Equal(0xA0B0C0D0u, packet.Ssrc);
        Assert.Equal(12, packet.HeaderLength);
        Assert.Equal([7, 8, 9], packet.Payload.ToArray());
        Assert.False(packet.TryGetExtension(1, out _));
    }

    [Fact]
    public void Skips_contributing_sources_and_drops_padding()
    {
        byte[] data = [0xA2, 0x60, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 1, 2, 2, 2, 2, 42, 0, 0, 3];

        Assert.True(RtpPacket.TryParse(data, out var packet));
        Assert.Equal(20, packet.HeaderLength);
        Assert.Equal(3, packet.PaddingLength);
        Assert.Equal([42], packet.Payload.ToArray());
    }

    [Fact]
    public void A_packet_may_be_all_padding()
    {
        byte[] data = [0xA0, 0x60, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 2];

        Assert.True(RtpPacket.TryParse(data, out var packet));
        Assert.True(packet.Payload.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("806000010000000200000003FF", 11)] // too short
    [InlineData("406000010000000200000003")] // version 1
    [InlineData("8F6000010000000200000003")] // 15 sources announced, none there
    [InlineData("906000010000000200000003BEDE0001")] // a word of extensions announced, none there
    [InlineData("906000010000000200000003BEDE")] // half an extension header
    [InlineData("A0600001000000020000000300")] // padding of nothing
    [InlineData("A0600001000000020000000302")] // more padding than packet
    public void Malformed_packets_are_refused(string hex, int length = -1)
    {
        var data = Convert.FromHexString(hex);
        Assert.False(RtpPacket.TryParse(length < 0 ? data : data.AsSpan(0, length), out _));
    }

    [Fact]
    public void Setters_change_one_field_each()
    {
        var data = new byte[14];
        RtpWriter.WriteHeader(data, 96, marker: false, 1, 2, 3);
        RtpWriter.SetMarker(data, true);
        RtpWriter.SetPayloadType(data, 111);
        RtpWriter.SetSequenceNumber(data, 65535);
        RtpWriter.SetTimestamp(data, 0xFFFFFFFF);
        RtpWriter.SetSsrc(data, 0x11223344);

        Assert.Equal("80EFFFFFFFFFFFFF11223344" + "0000", Convert.ToHexString(data));
    }
}
