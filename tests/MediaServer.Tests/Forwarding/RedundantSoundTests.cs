using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Tests.Rtp;
using Classroom.VirtualNetwork;

namespace Classroom.MediaServer.Tests.Forwarding;

/// <summary>Where a block of sound with redundancy belongs, whose number nobody tells.</summary>
public sealed class RedundantSoundTests
{
    private const byte Opus = 111;

    // 20 ms in one frame (RFC 6716, 3.1).
    private const byte TwentyMs = 0xF8;

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    public void A_block_takes_the_place_of_its_own_packet_or_none(double silence)
    {
        var everPlaced = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sent = Sent(random, silence);
            var line = new LossProcess(0.05 * random.Next(1, 8), random.Next(1, 4), random);
            var sound = new RedundantSound(63, Opus);
            using var store = new PacketStore(128, TimeSpan.FromSeconds(1));
            var (missed, placed) = (0, 0);
            for (var i = 0; i < sent.Count; i++)
            {
                if (i > 0 && line.Next())
                {
                    continue;
                }

                var red = Parse(sent, i, random.Next(1, 4), out var brought);
                for (var b = 0; b < red.EarlierCount; b++)
                {
                    var distance = sound.DistanceOf(store, i, sent[i], red[b], Instant.FromMilliseconds(i));
                    var original = brought[b];
                    var isThere = store.TryFind(original, Instant.FromMilliseconds(i), out _);
                    Assert.True(distance == 0 || (i - distance == original && !isThere), $"seed {seed}: {original} was put at {i - distance}");
                    missed += distance == 0 && !isThere && HasLower(store, original, i) ? 1 : 0;
                    placed += distance > 0 ? 1 : 0;
                    if (distance > 0)
                    {
                        Add(store, i - distance, sent[original], i);
                    }
                }

                Add(store, i, sent[i], i);
            }

            // Without silence all packets are of one length, and every place is certain.
            Assert.True(silence > 0 || missed == 0, $"seed {seed}: {missed} were not placed");
            everPlaced += placed;
        }

        Assert.True(everPlaced > 200);
    }

    // Timestamps across the wrap; a sender that leaves out silence (DTX) jumps.
    private static List<uint> Sent(Random random, double silence)
    {
        List<uint> sent = [uint.MaxValue - 100_000];
        while (sent.Count < 300)
        {
            sent.Add(sent[^1] + (960 * (uint)(random.NextDouble() < silence ? random.Next(2, 20) : 1)));
        }

        return sent;
    }

    private static RedPayload Parse(List<uint> sent, int index, int earlier, out List<int> brought)
    {
        brought = [.. Enumerable.Range(1, earlier).Select(back => index - back).Where(i => i >= 0 && sent[index] - sent[i] < 1 << 14).Reverse()];
        var blocks = brought.Select(i => ((int)(sent[index] - sent[i]), new[] { TwentyMs }));
        Assert.True(RedPayload.TryParse(RedBlocks.Pack(Opus, [1], [.. blocks]), out var red));
        return red;
    }

    private static bool HasLower(PacketStore store, int sequence, int now)
    {
        for (var back = 1; back <= 15; back++)
        {
            if (store.TryFind(sequence - back, Instant.FromMilliseconds(now), out _))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(PacketStore store, int sequence, uint timestamp, int now)
    {
        var entry = default(PacketStore.Entry);
        (entry.Packet.Sequence, entry.Packet.Timestamp, entry.Packet.At) = (sequence, timestamp, Instant.FromMilliseconds(now));
        Assert.True(store.TryAdd(entry, [1], out _));
    }
}
