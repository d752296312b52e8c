using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;

namespace Classroom.MediaServer.Tests.Forwarding;

public sealed class PacketStoreTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(1000);

    [Fact]
    public void The_oldest_makes_room_for_the_newest()
    {
        using var store = new PacketStore(4, TimeSpan.FromSeconds(1));
        for (var i = 0; i < 6; i++)
        {
            Assert.True(Add(store, i));
        }

        Assert.False(store.TryFind(1, s_start, out _));
        Assert.True(store.TryFind(2, s_start, out var slot));
        Assert.Equal([2, 2, 2], store.Payload(slot).ToArray());
        Assert.False(Add(store, 1));
        Assert.False(Add(store, 5));
    }

    [Fact]
    public void A_packet_is_forgotten_after_its_time()
    {
        using var store = new PacketStore(4, TimeSpan.FromSeconds(1));
        Add(store, 1);
        Assert.True(store.TryFind(1, s_start + TimeSpan.FromSeconds(1), out _));
        Assert.False(store.TryFind(1, s_start + TimeSpan.FromSeconds(1.1), out _));
    }

    [Fact]
    public void Padding_adds_one_byte_that_counts_itself()
    {
        using var store = new PacketStore(4, TimeSpan.FromSeconds(1));
        Add(store, 1);
        store.TryFind(1, s_start, out var slot);
        store.Pad(slot);
        store.Pad(slot);
        Assert.Equal([1, 1, 1, 1], store.Payload(slot).ToArray());
        Assert.True(store[slot].Padded);
    }

    [Fact]
    public void A_small_stream_takes_memory_for_as_long_as_it_is_kept_only()
    {
        using var store = new PacketStore(1024, TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5000; i++)
        {
            Add(store, i, s_start + (TimeSpan.FromMilliseconds(10) * i), length: 1200);
        }

        // A hundred packets, 13 in a block; of the first and the last block they take only a part.
        Assert.Equal(9, store.Blocks);
    }

    [Fact]
    public void What_is_found_has_its_own_bytes_and_nothing_young_is_lost_in_whatever_order_packets_come()
    {
        var random = new Random(5);
        using var store = new PacketStore(512, TimeSpan.FromSeconds(1));
        var now = s_start;
        var added = new Dictionary<long, Instant>();
        for (var next = 0L; next < 20_000; next++)
        {
            // Bursts of up to 300 packets a second more, gaps that are filled later, and packets that come twice.
            now += TimeSpan.FromMilliseconds(random.Next(next % 3000 < 300 ? 2 : 12));
            var sequence = random.Next(10) == 0 ? Math.Max(0, next - random.Next(200)) : next;
            if (Add(store, sequence, now, LengthOf(sequence)))
            {
                added.Add(sequence, now);
            }

            var asked = Math.Max(0, next - random.Next(400));
            var isYoung = added.TryGetValue(asked, out var at) && now - at <= TimeSpan.FromSeconds(1);
            Assert.Equal(isYoung, store.TryFind(asked, now, out var slot));
            if (isYoung)
            {
                Assert.Equal(Bytes(asked, LengthOf(asked)), store.Payload(slot).ToArray());
            }
        }

        static int LengthOf(long sequence) => 3 + (int)(sequence * 7919 % (PacketStore.LongestPayload - 2));
    }

    [Fact]
    public void As_many_of_the_longest_as_there_are_places_for_fit_into_one_moment()
    {
        const int capacity = 256;
        using var store = new PacketStore(capacity, TimeSpan.FromSeconds(1));
        for (var i = 0L; i < 5000; i++)
        {
            Add(store, i, s_start, PacketStore.LongestPayload);
        }

        Assert.All(Enumerable.Range(5000 - capacity, capacity), i => Assert.Equal(Bytes(i, PacketStore.LongestPayload), Found(store, i)));
    }

    [Fact]
    public void Young_packets_that_must_be_given_up_are_not_found_rather_than_found_with_the_bytes_of_others()
    {
        const int capacity = 256;
        using var store = new PacketStore(capacity, TimeSpan.FromSeconds(1));
        for (var i = 0L; i < 200; i++)
        {
            Add(store, i, s_start, PacketStore.LongestPayload);
        }

        // All of them want the same place, and each leaves its bytes behind.
        for (var i = 1L; i <= 100; i++)
        {
            Add(store, 200 + (i * capacity), s_start, PacketStore.LongestPayload);
        }

        var found = Enumerable.Range(0, 200).Where(i => Found(store, i) is not null).ToList();
        Assert.Equal(Enumerable.Range(200 - found.Count, found.Count), found);
        Assert.InRange(found.Count, 100, 199);
        Assert.All(found, i => Assert.Equal(Bytes(i, PacketStore.LongestPayload), Found(store, i)));
    }

    private static byte[]? Found(PacketStore store, long sequence) => store.TryFind(sequence, s_start, out var slot) ? store.Payload(slot).ToArray() : null;

    private static byte[] Bytes(long sequence, int length)
    {
        var bytes = new byte[length];
        new Random((int)sequence).NextBytes(bytes);
        return bytes;
    }

    private static bool Add(PacketStore store, long sequence, Instant now, int length = 3) =>
        store.TryAdd(new PacketStore.Entry { Packet = { Sequence = sequence, At = now } }, Bytes(sequence, length), out _);

    private static bool Add(PacketStore store, int sequence) =>
        store.TryAdd(new PacketStore.Entry { Packet = { Sequence = sequence, At = s_start } }, [(byte)sequence, (byte)sequence, (byte)sequence], out _);
}
