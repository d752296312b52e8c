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

    private static bool Add(PacketStore store, int sequence) =>
        store.TryAdd(new PacketStore.Entry { Packet = { Sequence = sequence, At = s_start } }, [(byte)sequence, (byte)sequence, (byte)sequence], out _);
}
