using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Tests.Rtp;

public sealed class RtpExtensionTests
{
    private const string Header = "906000010000000200000003";

    // RFC 8285, 4.2: three one-byte elements with padding between and behind them.
    [Fact]
    public void Reads_the_one_byte_form()
    {
        var packet = Parse(Header + "BEDE0003" + "10AA" + "21BBBB" + "0000" + "33CCCCCCCC" + "FF");

        Assert.Equal("AA", Value(packet, 1));
        Assert.Equal("BBBB", Value(packet, 2));
        Assert.Equal("CCCCCCCC", Value(packet, 3));
        Assert.Equal("FF", Convert.ToHexString(packet.Payload));
        Assert.Null(Value(packet, 4));
    }

    // RFC 8285, 4.3: an empty element, one of a byte, padding, one of four bytes.
    [Fact]
    public void Reads_the_two_byte_form()
    {
        var packet = Parse(Header + "10000003" + "0100" + "0201AA" + "00" + "FF04CCCCCCCC");

        Assert.Equal("", Value(packet, 1));
        Assert.Equal("AA", Value(packet, 2));
        Assert.Equal("CCCCCCCC", Value(packet, 255));
    }

    [Theory]
    [InlineData("BEDE0001F0AA20BB", 2)] // id 15 ends the block
    [InlineData("BEDE000113AABBCC", 1)] // longer than the block
    [InlineData("1000000101050000", 1)]
    [InlineData("1234000110AA0000", 1)] // another profile
    [InlineData("BEDE0000", 1)]
    public void What_does_not_fit_is_not_there(string block, int id) => Assert.Null(Value(Parse(Header + block), id));

    [Fact]
    public void Written_extensions_read_back()
    {
        Span<byte> buffer = stackalloc byte[100];
        RtpWriter.WriteHeader(buffer, 96, false, 1, 2, 3);
        var writer = new RtpExtensionWriter(buffer);
        Assert.True(writer.TryAdd(3, [0x12, 0x34]));
        Assert.True(writer.TryAdd(14, "0123456789abcdef"u8));
        Assert.False(writer.TryAdd(15, [1]));
        Assert.False(writer.TryAdd(1, []));
        var length = writer.Finish();

        Assert.Equal(12 + 4 + 20, length);
        Assert.True(RtpPacket.TryParse(buffer[..length], out var packet));
        Assert.Equal(length, packet.HeaderLength);
        Assert.Equal("1234", Value(packet, 3));
        Assert.Equal(Convert.ToHexString("0123456789abcdef"u8), Value(packet, 14));
    }

    [Fact]
    public void The_two_byte_form_takes_what_the_one_byte_form_cannot()
    {
        Span<byte> buffer = stackalloc byte[100];
        RtpWriter.WriteHeader(buffer, 96, false, 1, 2, 3);
        var writer = new RtpExtensionWriter(buffer, twoByte: true);
        Assert.True(writer.TryAdd(200, []));
        Assert.True(writer.TryAdd(15, new byte[40]));
        Assert.False(writer.TryAdd(16, new byte[60]));
        var length = writer.Finish();

        Assert.True(RtpPacket.TryParse(buffer[..length], out var packet));
        Assert.Equal("", Value(packet, 200));
        Assert.Equal(80, Value(packet, 15)!.Length);
    }

    [Fact]
    public void No_element_means_no_block()
    {
        Span<byte> buffer = stackalloc byte[100];
        RtpWriter.WriteHeader(buffer, 96, false, 1, 2, 3);

        Assert.Equal(12, new RtpExtensionWriter(buffer).Finish());
        Assert.Equal(0x80, buffer[0]);
    }

    private static RtpPacket Parse(string hex)
    {
        Assert.True(RtpPacket.TryParse(Convert.FromHexString(hex), out var packet));
        return packet;
    }

    private static string? Value(RtpPacket packet, int id) =>
        packet.TryGetExtension(id, out var value) ? Convert.ToHexString(value) : null;
}
