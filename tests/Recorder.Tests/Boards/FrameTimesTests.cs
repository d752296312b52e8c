using Classroom.Recorder.Boards;

namespace Classroom.Recorder.Tests.Boards;

public sealed class FrameTimesTests
{
    [Fact]
    public void Without_a_change_there_is_a_picture_often_enough_and_a_key_frame_every_four_seconds()
    {
        var frames = FrameTimes.Of([(1000, true)], 10_000);
        Assert.Equal([(1000, true), (2500, false), (4000, false), (5000, true), (6500, false), (8000, false), (9000, true), (9960, false)], frames.Select(frame => (frame.AtMs, frame.IsKey)));
    }

    [Fact]
    public void A_page_is_a_key_frame_at_once_and_strokes_are_at_most_five_pictures_a_second()
    {
        var frames = FrameTimes.Of([(0, true), (100, false), (150, false), (260, true), (280, false), (900, false)], 1500);
        Assert.Equal([(0, true), (200, false), (260, true), (460, false), (900, false), (1460, false)], frames.Select(frame => (frame.AtMs, frame.IsKey)));
    }

    [Fact]
    public void Nothing_shown_is_no_film() => Assert.Empty(FrameTimes.Of([], 10_000));

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Whatever_happens_changes_are_seen_within_a_fifth_of_a_second_and_the_rules_of_time_hold(int seed)
    {
        var random = new Random(seed);
        var (moments, at) = (new List<(long AtMs, bool IsCut)>(), 0L);
        for (var i = 0; i < 500; i++)
        {
            moments.Add((at, i == 0 || random.Next(10) == 0));
            at += random.Next(4) == 0 ? random.Next(9000) : random.Next(150);
        }

        var frames = FrameTimes.Of(moments, at + 5000);
        Assert.True(frames[0].IsKey);
        foreach (var (before, after) in frames.Zip(frames.Skip(1)))
        {
            Assert.InRange(after.AtMs - before.AtMs, 1, FrameTimes.MostMs);
        }

        foreach (var (before, after) in frames.Where(frame => frame.IsKey).Zip(frames.Where(frame => frame.IsKey).Skip(1)))
        {
            Assert.InRange(after.AtMs - before.AtMs, 1, FrameTimes.KeyEveryMs);
        }

        Assert.All(moments, moment => Assert.Contains(frames, frame => frame.AtMs >= moment.AtMs && frame.AtMs <= moment.AtMs + FrameTimes.LeastMs && (frame.IsKey || !moment.IsCut)));
    }
}
