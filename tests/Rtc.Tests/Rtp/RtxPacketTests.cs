using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Tests.Rtp;

public sealed class RtxPacketTests
{
    [Fact]
    public void The_original_comes_out_with_its_number_and_the_extensions_of_the_repeat()
    {
        byte[] data = [0xB0, 97, 0x12, 0x34, 0, 0, 0, 9, 0, 0, 0, 7, 0xBE, 0xDE, 0, 1, 0x31, 0xAA, 0xBB, 0, 0xFF, 0xFE, 1, 2, 3, 0, 2];
        data[1] |= 0x80;
        Assert.True(RtxPacket.TryUnwrap(data, 96, 5, out var original));
        Assert.True(RtpPacket.TryParse(original, out var packet));
        Assert.Equal((96, 0xFFFE, 9u, 5u, true, 2), (packet.PayloadType, packet.SequenceNumber, packet.Timestamp, packet.Ssrc, packet.Marker, packet.PaddingLength));
        Assert.Equal([1, 2, 3], packet.Payload.ToArray());
        Assert.True(packet.TryGetExtension(3, out var value));
        Assert.Equal([0xAA, 0xBB], value.ToArray());
    }

    [Theory]
    [InlineData("A061000100000009000000070102")] // padding alone
    [InlineData("8061000100000009000000071F")]
    [InlineData("80610001000000090000")]
    public void Padding_and_packets_that_are_cut_short_bring_nothing(string hex)
    {
        Assert.False(RtxPacket.TryUnwrap(Convert.FromHexString(hex), 96, 5, out _));
    }
}
