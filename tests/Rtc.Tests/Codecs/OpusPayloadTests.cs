using Classroom.Rtc.Codecs;

namespace Classroom.Rtc.Tests.Codecs;

public sealed class OpusPayloadTests
{
    // RFC 6716, table 2 and 3.2: the configuration gives the length of a frame, the code how many there are.
    [Theory]
    [InlineData("00", 480)]
    [InlineData("08", 960)]
    [InlineData("10", 1920)]
    [InlineData("18", 2880)]
    [InlineData("60", 480)]
    [InlineData("78", 960)]
    [InlineData("80", 120)]
    [InlineData("F8", 960)]
    [InlineData("FC01", 960)]
    [InlineData("F9", 1920)]
    [InlineData("FA01", 1920)]
    [InlineData("FB03", 2880)]
    [InlineData("FB83", 2880)]
    [InlineData("FB", 0)]
    [InlineData("", 0)]
    public void A_packet_says_how_long_it_sounds(string hex, int duration) => Assert.Equal(duration, OpusPayload.DurationOf(Convert.FromHexString(hex)));
}
