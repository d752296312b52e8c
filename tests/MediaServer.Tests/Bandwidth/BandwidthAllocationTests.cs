using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;
using Classroom.TestKit;

namespace Classroom.MediaServer.Tests.Bandwidth;

public sealed class BandwidthAllocationTests
{
    private readonly Wishes _wishes = new();
    private readonly WantedStream _rest;
    private readonly WantedStream _closeUp;
    private readonly WantedStream _courseware;
    private readonly WantedStream _voice;

    public BandwidthAllocationTests()
    {
        // Added in the wrong order on purpose.
        _rest = _wishes.Add(StreamClass.Rest, 100, 300);
        _closeUp = _wishes.Add(StreamClass.CloseUp, 150, 500, 1500);
        _courseware = _wishes.Add(StreamClass.Courseware, 150, 600);
        _voice = _wishes.Add(StreamClass.Audio, 32);
    }

    [Theory]
    [InlineData(20, 0, -1, -1, -1)]
    [InlineData(250, 0, 0, -1, -1)]
    [InlineData(400, 0, 0, 0, -1)]
    [InlineData(500, 0, 0, 0, 0)]
    [InlineData(1050, 0, 1, 0, 0)]
    [InlineData(1450, 0, 1, 1, 0)]
    [InlineData(2600, 0, 1, 2, 0)]
    [InlineData(2900, 0, 1, 2, 1)]
    public void Everybody_gets_the_least_by_class_then_better_layers_by_class(double estimate, int voice, int courseware, int closeUp, int rest)
    {
        _wishes.Run(5, estimate);
        Assert.Equal((voice, courseware, closeUp, rest), (_voice.Granted, _courseware.Granted, _closeUp.Granted, _rest.Granted));
    }

    [Fact]
    public void Down_at_once()
    {
        _wishes.Run(5, 3000);
        _wishes.Run(0.1, 1200);
        Assert.Equal((1, 0, 1), (_courseware.Granted, _closeUp.Granted, _rest.Granted));
        Assert.Equal(LimitReason.OwnLine, _closeUp.Reason);
        Assert.Equal(LimitReason.None, _courseware.Reason);
    }

    [Fact]
    public void Up_only_when_it_has_fitted_for_two_seconds()
    {
        _wishes.Run(5, 1450);
        Assert.Equal(1, _closeUp.Granted);
        _wishes.Run(1.9, 2700);
        Assert.Equal(1, _closeUp.Granted);
        _wishes.Run(0.3, 2700);
        Assert.Equal(2, _closeUp.Granted);
    }

    [Fact]
    public void What_was_paused_while_the_line_was_away_begins_at_once_when_it_is_back()
    {
        _wishes.Run(5, 3000);
        _wishes.Run(1, 10);
        Assert.Equal((-1, -1, -1), (_courseware.Granted, _closeUp.Granted, _rest.Granted));
        _wishes.Allocation.BeginAnew();
        _wishes.Run(0.1, 3000);
        Assert.Equal((1, 2, 1), (_courseware.Granted, _closeUp.Granted, _rest.Granted));
    }

    [Fact]
    public void Up_at_once_when_a_probe_has_shown_it()
    {
        _wishes.Run(5, 1450);
        _wishes.Run(0.1, 2700, confirmed: true);
        Assert.Equal(2, _closeUp.Granted);
    }

    [Fact]
    public void An_estimate_that_swings_across_the_border_does_not_make_it_flap()
    {
        var changes = 0;
        for (var i = 0; i < 300; i++)
        {
            var before = (_courseware.Granted, _closeUp.Granted, _rest.Granted);
            _wishes.Run(0.2, i % 2 == 0 ? 2450 : 2100);
            changes += i > 20 && before != (_courseware.Granted, _closeUp.Granted, _rest.Granted) ? 1 : 0;
        }

        Assert.Equal(0, changes);
        Assert.Equal(1, _closeUp.Granted);
    }

    [Fact]
    public void A_rise_that_did_not_last_waits_longer_each_time()
    {
        _wishes.Run(5, 1450);
        // The wait of 4, 8 and 10 seconds, and two in which it fits.
        Assert.Equal([2, 6, 10, 12], Enumerable.Range(0, 4).Select(_ => SecondsToRise()));
    }

    [Fact]
    public void While_the_better_layer_waits_the_lower_ones_come_back()
    {
        _wishes.Run(5, 3000);
        _wishes.Run(0.1, 200);
        Assert.Equal(WantedStream.None, _closeUp.Granted);
        _wishes.Run(0.2, 3000, confirmed: true);
        Assert.Equal(1, _closeUp.Granted);
    }

    [Fact]
    public void Larger_layers_rise_one_after_the_other()
    {
        _wishes.Run(0.1, 600);
        var counts = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            var before = _courseware.Granted + _closeUp.Granted + _rest.Granted;
            var streams = new[] { _courseware.Granted, _closeUp.Granted, _rest.Granted };
            _wishes.Run(0.1, 5000, confirmed: true);
            var after = new[] { _courseware.Granted, _closeUp.Granted, _rest.Granted };
            counts.Add(streams.Zip(after).Count(pair => pair.First != pair.Second));
        }

        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], counts);
    }

    [Theory]
    [InlineData(500, 1_000_000, 1_000_000, LimitReason.OwnLine)]
    [InlineData(5000, 500, 1_000_000, LimitReason.ParticipantCeiling)]
    [InlineData(5000, 600, 500, LimitReason.SchoolCeiling)]
    [InlineData(5000, 5000, 5000, LimitReason.None)]
    public void The_reason_is_what_binds(double estimate, double ceiling, double share, LimitReason expected)
    {
        _wishes.Run(8, estimate, ceiling, share);
        Assert.Equal(expected, _closeUp.Reason);
    }

    [Fact]
    public void How_long_something_is_limited_does_not_start_anew_with_another_reason()
    {
        _wishes.Run(8, 5000);
        Assert.Equal(Instant.Never, _closeUp.LimitedSince);
        var since = _wishes.Now;
        _wishes.Run(2, 500);
        _wishes.Run(2, 5000, ceiling: 500);
        Assert.Equal((LimitReason.ParticipantCeiling, since), (_closeUp.Reason, _closeUp.LimitedSince));
        _wishes.Run(60, 5000);
        Assert.Equal((LimitReason.None, Instant.Never), (_closeUp.Reason, _closeUp.LimitedSince));
    }

    [Theory]
    [InlineData(LimitReason.SenderLine)]
    [InlineData(LimitReason.SenderDevice)]
    public void What_keeps_a_sender_from_its_better_layers_is_named(LimitReason limit)
    {
        _closeUp.SenderLimit = limit;
        _closeUp.MaxHeight = 1080;
        _wishes.Run(8, 5000);
        Assert.Equal(limit, _closeUp.Reason);
    }

    [Fact]
    public void What_nobody_looks_at_costs_nothing_and_comes_back_by_itself()
    {
        _courseware.IsPaused = true;
        _wishes.Run(5, 2500);
        Assert.Equal((WantedStream.None, LimitReason.Paused), (_courseware.Granted, _courseware.Reason));
        Assert.Equal(2, _closeUp.Granted);
        _courseware.IsPaused = false;
        _wishes.Run(5, 3000);
        Assert.Equal(1, _courseware.Granted);
    }

    [Fact]
    public void A_small_picture_gets_no_large_layer()
    {
        _closeUp.MaxHeight = 360;
        _wishes.Run(5, 5000);
        Assert.Equal((1, LimitReason.None), (_closeUp.Granted, _closeUp.Reason));
        Assert.Equal((32 + 600 + 500 + 300) * 1.15, _wishes.Allocation.Wanted.KilobitsPerSecond, 1.0);
    }

    [Fact]
    public void Whoever_comes_on_stage_goes_before_the_others()
    {
        var other = _wishes.Add(StreamClass.Rest, 150, 500, 1500);
        _wishes.Run(10, 2850);
        Assert.Equal((2, 0), (_closeUp.Granted, other.Granted));
        (_closeUp.Class, other.Class) = (StreamClass.Rest, StreamClass.CloseUp);
        _wishes.Run(10, 2850);
        Assert.Equal((0, 2), (_closeUp.Granted, other.Granted));
    }

    [Fact]
    public void The_heavier_stream_of_a_class_is_served_first()
    {
        var other = _wishes.Add(StreamClass.CloseUp, 150, 500, 1500);
        other.Weight = 2;
        _wishes.Run(5, 1700);
        Assert.Equal((0, 1), (_closeUp.Granted, other.Granted));
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        _wishes.Run(5, 2000);
        Assert.Equal(0, Allocations.OfQuietest(() =>
        {
            _wishes.Run(5, 900);
            _wishes.Run(5, 3000);
        }));
    }

    private int SecondsToRise()
    {
        var start = _wishes.Now;
        while (_closeUp.Granted < 2)
        {
            _wishes.Run(0.1, 2700);
        }

        var took = (_wishes.Now - start).TotalSeconds;
        _wishes.Run(0.1, 1450);
        Assert.Equal(1, _closeUp.Granted);
        return (int)took;
    }
}
