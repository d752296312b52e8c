using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Tests.Rtp;

public sealed class SequenceNumberTests
{
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(0, 65535, true)]
    [InlineData(65535, 0, false)]
    [InlineData(32767, 0, true)]
    [InlineData(5, 5, false)]
    public void Newer_survives_the_wrap(ushort a, ushort b, bool newer) => Assert.Equal(newer, SequenceNumber.IsNewer(a, b));

    [Fact]
    public void Unwrapping_goes_on_past_65535()
    {
        var unwrapper = new SequenceUnwrapper();
        Assert.Equal(65534, unwrapper.Unwrap(65534));
        Assert.Equal(65536, unwrapper.Unwrap(0));
        Assert.Equal(65535, unwrapper.Unwrap(65535));
        Assert.Equal(65537, unwrapper.Unwrap(1));
    }

    [Fact]
    public void A_number_from_before_the_first_is_lower()
    {
        var unwrapper = new SequenceUnwrapper();
        unwrapper.Unwrap(2);
        Assert.Equal(-1, unwrapper.Unwrap(65535));
        Assert.Equal(3, unwrapper.Unwrap(3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_walk_with_steps_under_half_the_range_is_followed_exactly(int seed)
    {
        var random = new Random(seed);
        var unwrapper = new SequenceUnwrapper();
        var highest = (long)random.Next(65536);
        unwrapper.Unwrap((ushort)highest);
        for (var i = 0; i < 100_000; i++)
        {
            var next = highest + random.Next(-32768, 32768);
            Assert.Equal(next, unwrapper.Unwrap((ushort)next));
            highest = Math.Max(highest, next);
            Assert.Equal(highest, unwrapper.Highest);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Any_walk_of_timestamps_is_followed_exactly(int seed)
    {
        var random = new Random(seed);
        var unwrapper = new TimestampUnwrapper();
        var highest = random.NextInt64(1L << 32);
        unwrapper.Unwrap((uint)highest);
        for (var i = 0; i < 100_000; i++)
        {
            var next = highest + random.NextInt64(int.MinValue, int.MaxValue);
            Assert.Equal(next, unwrapper.Unwrap((uint)next));
            highest = Math.Max(highest, next);
        }
    }
}
