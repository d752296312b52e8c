using Classroom.MediaServer.Diagnostics;
using Classroom.Rtc;

namespace Classroom.MediaServer.Tests.Diagnostics;

public sealed class FreezeGuessTests
{
    private FreezeGuess _guess;
    private long _now = 1000;

    [Fact]
    public void An_even_stream_does_not_freeze()
    {
        Send(pictures: 300, every: 33);
        Assert.Equal((0, 0), Result());
    }

    [Theory]
    [InlineData(33, 180, 0)]
    [InlineData(33, 190, 157)]
    [InlineData(33, 1000, 967)]
    [InlineData(200, 590, 0)]
    [InlineData(200, 610, 410)]
    public void A_pause_counts_beyond_three_times_the_usual_and_a_noticeable_time(int usual, int pause, int frozen)
    {
        Send(pictures: 30, every: usual);
        Send(pictures: 1, every: pause);
        Send(pictures: 30, every: usual);
        Assert.Equal((frozen == 0 ? 0 : 1, frozen), Result());
    }

    [Fact]
    public void A_broken_picture_lasts_until_a_key_frame()
    {
        Send(pictures: 30, every: 40);
        _guess.OnBroken(Instant.FromMilliseconds(_now));
        Send(pictures: 5, every: 40);
        _guess.OnBroken(Instant.FromMilliseconds(_now));
        Send(pictures: 1, every: 40, isKey: true);
        Send(pictures: 5, every: 40);
        Assert.Equal((1, 240), Result());
    }

    [Fact]
    public void The_first_key_frame_is_waited_for_without_a_freeze()
    {
        _guess.OnBroken(Instant.FromMilliseconds(_now));
        Send(pictures: 5, every: 40, isKey: true);
        Assert.Equal((0, 0), Result());
    }

    [Fact]
    public void What_rests_on_purpose_does_not_freeze()
    {
        Send(pictures: 30, every: 40);
        _guess.Rest();
        _now += 60_000;
        Send(pictures: 30, every: 40);
        Assert.Equal((0, 0), Result());
    }

    private void Send(int pictures, int every, bool isKey = false)
    {
        for (var i = 0; i < pictures; i++)
        {
            _now += every;
            // A key frame says so in its first packet only.
            _guess.OnPacket(isKey, endsPicture: false, Instant.FromMilliseconds(_now));
            _guess.OnPacket(isKey: false, endsPicture: true, Instant.FromMilliseconds(_now));
        }
    }

    private (int Count, int Milliseconds) Result() => (_guess.Count, (int)Math.Round(_guess.Total.TotalMilliseconds));
}
