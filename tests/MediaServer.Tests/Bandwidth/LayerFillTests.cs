using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Tests.Bandwidth;

/// <summary>Properties over random streams and budgets.</summary>
public sealed class LayerFillTests
{
    private const int Rounds = 2000;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Nothing_goes_beyond_the_budget_except_voices(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var streams = RandomStreams(random);
            var budget = Bitrate.FromKilobits(random.Next(5000));
            var cost = LayerFill.Run(streams, budget);
            Assert.Equal(cost, streams.Aggregate(Bitrate.Zero, (sum, s) => sum + s.RateAt(s.Trial)));
            Assert.True(cost <= budget || streams.TrueForAll(s => s.Class == StreamClass.Audio || s.Trial == WantedStream.None));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void More_bandwidth_only_raises_the_first_class_that_it_changes(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var streams = RandomStreams(random);
            var budget = Bitrate.FromKilobits(random.Next(5000));
            LayerFill.Run(streams, budget);
            var before = streams.ConvertAll(s => s.Trial);
            LayerFill.Run(streams, budget + Bitrate.FromKilobits(random.Next(2000)));
            var changed = streams.FindIndex(s => s.Trial != before[streams.IndexOf(s)]);
            Assert.All(
                streams.Where(s => changed >= 0 && s.Class == streams[changed].Class),
                s => Assert.True(s.Trial >= before[streams.IndexOf(s)]));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Nobody_gets_a_second_layer_while_somebody_is_without(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var streams = RandomStreams(random);
            LayerFill.Run(streams, Bitrate.FromKilobits(random.Next(5000)));
            var someoneIsWithout = streams.Exists(s => s.Trial == WantedStream.None);
            Assert.False(someoneIsWithout && streams.Exists(s => s.Trial > 0));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void The_whole_allocation_keeps_to_the_budget_whatever_comes(int seed)
    {
        var random = new Random(seed);
        var wishes = new Wishes();
        for (var i = 0; i < 8; i++)
        {
            wishes.Add((StreamClass)random.Next(1, 5), Ladder(random));
        }

        for (var round = 0; round < Rounds; round++)
        {
            var estimate = random.Next(100, 6000);
            var stream = wishes.Allocation.Streams[random.Next(8)];
            stream.IsPaused = random.Next(10) == 0;
            stream.Class = (StreamClass)random.Next(1, 5);
            wishes.Run(0.1, estimate, confirmed: random.Next(2) == 0);
            Assert.True(wishes.Allocation.Streams.Sum(s => s.Rate.BitsPerSecond) <= estimate * 1000L);
            Assert.All(wishes.Allocation.Streams, s => Assert.Equal(s.IsPaused, s.Reason == LimitReason.Paused));
        }
    }

    private static List<WantedStream> RandomStreams(Random random)
    {
        var streams = new List<WantedStream>();
        foreach (var streamClass in Enum.GetValues<StreamClass>())
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                var stream = Wishes.Stream(streamClass, streamClass == StreamClass.Audio ? [32] : Ladder(random));
                stream.Cap = stream.Top;
                streams.Add(stream);
            }
        }

        return streams;
    }

    private static int[] Ladder(Random random)
    {
        var rate = random.Next(50, 300);
        return [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => rate = (int)(rate * (1.1 + random.NextDouble())))];
    }
}
