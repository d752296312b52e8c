namespace Classroom.Rtc.Tests;

public sealed class DatagramKindTests
{
    [Theory]
    [InlineData(0, 1, DatagramKind.Stun)]
    [InlineData(3, 1, DatagramKind.Stun)]
    [InlineData(4, 1, DatagramKind.Unknown)]
    [InlineData(19, 1, DatagramKind.Unknown)]
    [InlineData(20, 254, DatagramKind.Dtls)]
    [InlineData(63, 254, DatagramKind.Dtls)]
    [InlineData(64, 0, DatagramKind.Unknown)]
    [InlineData(127, 0, DatagramKind.Unknown)]
    [InlineData(128, 111, DatagramKind.Rtp)]
    [InlineData(144, 0x80 | 63, DatagramKind.Rtp)]
    [InlineData(128, 192, DatagramKind.Rtcp)]
    [InlineData(129, 200, DatagramKind.Rtcp)]
    [InlineData(191, 223, DatagramKind.Rtcp)]
    [InlineData(128, 224, DatagramKind.Rtp)]
    [InlineData(192, 200, DatagramKind.Unknown)]
    public void First_bytes_tell_the_kind(byte first, byte second, DatagramKind kind) =>
        Assert.Equal(kind, Datagram.Classify([first, second, 0, 0]));

    [Fact]
    public void Too_short_and_too_long_is_nothing()
    {
        Assert.Equal(DatagramKind.Unknown, Datagram.Classify([0x80]));
        Assert.Equal(DatagramKind.Unknown, Datagram.Classify(new byte[1501]));
    }
}
