using Classroom.Rtc.Srtp;

namespace Classroom.Rtc.Tests.Srtp;

public sealed class ReplayWindowTests
{
    [Fact]
    public void The_window_is_1024_wide()
    {
        var window = new ReplayWindow();
        window.Mark(5000);
        Assert.False(window.IsFresh(5000));
        Assert.True(window.IsFresh(5000 - 1023));
        Assert.False(window.IsFresh(5000 - 1024));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_a_plain_set_on_any_walk(int seed)
    {
        var random = new Random(seed);
        var window = new ReplayWindow();
        var seen = new HashSet<long>();
        var highest = -1L;
        for (var i = 0; i < 50_000; i++)
        {
            var reach = random.Next(20) == 0 ? 5000 : 1200;
            var index = Math.Max(0, highest + random.Next(-reach, random.Next(100) == 0 ? 4000 : 3));
            var fresh = index > highest || (highest - index < ReplayWindow.Size && !seen.Contains(index));
            Assert.Equal(fresh, window.IsFresh(index));
            if (fresh)
            {
                window.Mark(index);
                seen.Add(index);
                highest = Math.Max(highest, index);
                Assert.Equal(highest, window.Highest);
            }
        }
    }
}
