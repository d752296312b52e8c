using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;

namespace Classroom.MediaServer.Tests.Forwarding;

public sealed class RepeatFilterTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(80);
    private readonly RepeatFilter _repeats = new();

    [Fact]
    public void A_packet_asked_for_twice_in_short_time_is_sent_once()
    {
        Assert.True(_repeats.TryTake(5, 1, s_patience, At(100)));
        Assert.False(_repeats.TryTake(5, 1, s_patience, At(179)));
        Assert.True(_repeats.TryTake(5, 1, s_patience, At(180)));
    }

    [Fact]
    public void A_report_of_what_was_asked_for_already_repeats_nothing()
    {
        Assert.True(_repeats.TryTake(5, 1, s_patience, At(100)));
        Assert.False(_repeats.TryTakeLost(5, 1, sent: At(40), At(130)));
    }

    [Fact]
    public void The_question_that_follows_a_report_repeats_nothing()
    {
        Assert.True(_repeats.TryTakeLost(5, 1, sent: At(40), At(100)));
        Assert.False(_repeats.TryTake(5, 1, s_patience, At(130)));
    }

    [Fact]
    public void A_repeat_that_was_lost_itself_is_sent_again()
    {
        Assert.True(_repeats.TryTake(5, 1, s_patience, At(100)));
        Assert.True(_repeats.TryTakeLost(5, 1, sent: At(100), At(160)));
        Assert.True(_repeats.TryTakeLost(5, 1, sent: At(160), At(220)));
    }

    [Fact]
    public void Of_several_copies_all_must_be_lost()
    {
        Assert.True(_repeats.TryTake(5, 3, s_patience, At(100)));
        Assert.False(_repeats.TryTakeLost(5, 3, sent: At(100), At(160)));
        Assert.False(_repeats.TryTakeLost(5, 3, sent: At(110), At(170)));
        Assert.True(_repeats.TryTakeLost(5, 3, sent: At(120), At(180)));
    }

    [Fact]
    public void The_very_first_number_is_none_that_was_repeated() => Assert.True(_repeats.TryTakeLost(0, 1, At(10), At(100)));

    private static Instant At(int milliseconds) => Instant.FromMilliseconds(milliseconds);
}
