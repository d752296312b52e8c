using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Tests.Bandwidth;

public sealed class SharedCeilingTests
{
    [Theory]
    [InlineData(900, new[] { 300, 300, 300 }, new[] { 300, 300, 300 })]
    [InlineData(600, new[] { 300, 300, 300 }, new[] { 200, 200, 200 })]
    [InlineData(600, new[] { 100, 300, 400 }, new[] { 100, 250, 250 })]
    [InlineData(600, new[] { 0, 1000 }, new[] { 0, 600 })]
    [InlineData(5000, new[] { 100, 200 }, new[] { 100, 200 })]
    [InlineData(0, new[] { 100, 200 }, new[] { 0, 0 })]
    public void Who_wants_little_gets_it_and_the_others_share_the_rest(int ceiling, int[] wanted, int[] expected) =>
        Assert.Equal(expected, Divide(ceiling, wanted));

    [Theory, InlineData(1), InlineData(2)]
    public void It_never_gives_more_than_there_is_or_than_is_wanted_and_a_higher_ceiling_takes_from_nobody(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var wanted = Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(3000)).ToArray();
            var ceiling = random.Next(20_000);
            var shares = Divide(ceiling, wanted);
            Assert.True(shares.Sum() <= ceiling);
            Assert.All(shares.Zip(wanted), pair => Assert.True(pair.First <= pair.Second));
            Assert.All(Divide(ceiling + random.Next(5000), wanted).Zip(shares), pair => Assert.True(pair.First >= pair.Second));
        }
    }

    private static int[] Divide(int ceiling, int[] wanted)
    {
        var shares = new Bitrate[wanted.Length];
        SharedCeiling.Divide(Bitrate.FromKilobits(ceiling), Array.ConvertAll(wanted, w => Bitrate.FromKilobits(w)), shares);
        return Array.ConvertAll(shares, s => (int)s.KilobitsPerSecond);
    }
}
