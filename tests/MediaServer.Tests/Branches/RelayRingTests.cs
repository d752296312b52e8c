using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Forwarding.Relays;
using Classroom.Rtc.Codecs;
using Classroom.TestKit;

namespace Classroom.MediaServer.Tests.Branches;

/// <summary>The ring between a room's own loop and a branch: nothing is changed, doubled or moved, whatever is dropped.</summary>
public sealed class RelayRingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_is_a_queue_in_which_packets_leave_places_for_states(int seed)
    {
        var random = new Random(seed);
        var ring = new RelayRing();
        var model = new Queue<(long Number, bool IsState)>();
        for (var number = 0L; number < 50_000; number++)
        {
            // Phases in which more is written than read, and others.
            if (random.Next(10) < ((number / 4000 % 2) == 0 ? 7 : 4))
            {
                var isState = random.Next(8) == 0;
                var fits = RelayRing.Capacity - model.Count > (isState ? 0 : RelayRing.Reserved);
                Assert.Equal(fits, TryWrite(ring, number, isState));
                if (fits)
                {
                    model.Enqueue((number, isState));
                }
            }
            else
            {
                AssertNext(ring, model);
            }

            Assert.Equal(model.Count <= RelayRing.Capacity / 2, ring.HasRoom);
        }
    }

    [Fact]
    public async Task Between_two_threads_what_is_read_is_what_was_written_in_order()
    {
        const long messages = 400_000;
        var ring = new RelayRing();
        var dropped = 0L;
        var writer = Task.Factory.StartNew(
            () =>
            {
                for (var number = 0L; number < messages; number++)
                {
                    dropped += TryWrite(ring, number, isState: false) ? 0 : 1;
                }

                while (!TryWrite(ring, messages, isState: true))
                {
                }
            },
            TaskCreationOptions.LongRunning);

        var read = 0L;
        for (var last = -1L; last < messages;)
        {
            if (!ring.TryPeek(out var message, out var payload, out var descriptor))
            {
                continue;
            }

            var number = message.Entry.Packet.Sequence;
            Assert.True(number > last);
            AssertContent(number, payload, descriptor);
            last = number;
            read++;
            ring.Advance();
        }

        await writer;
        Assert.Equal(messages + 1, read + dropped);
        Assert.False(ring.TryPeek(out _, out _, out _));
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        var ring = new RelayRing();
        Assert.Equal(0, Allocations.OfQuietest(() =>
        {
            for (var number = 0L; number < 2000; number++)
            {
                TryWrite(ring, number, isState: number % 10 == 0);
                ring.TryPeek(out _, out _, out _);
                ring.Advance();
            }
        }));
    }

    private static void AssertNext(RelayRing ring, Queue<(long Number, bool IsState)> model)
    {
        Assert.Equal(model.Count > 0, ring.TryPeek(out var message, out var payload, out var descriptor));
        if (model.TryDequeue(out var expected))
        {
            Assert.Equal(expected, (message.Entry.Packet.Sequence, message.State is not null));
            AssertContent(expected.Number, payload, descriptor);
            ring.Advance();
        }
    }

    private static bool TryWrite(RelayRing ring, long number, bool isState)
    {
        Span<byte> payload = stackalloc byte[LengthOf(number)];
        payload.Fill((byte)number);
        Span<byte> descriptor = stackalloc byte[(int)(number % (DependencyDescriptor.MaxLength + 1))];
        descriptor.Fill((byte)(number + 1));
        var message = new RelayMessage { State = isState ? default(EncodingState) : null };
        message.Entry.Packet.Sequence = number;
        return ring.TryWrite(in message, payload, descriptor);
    }

    private static void AssertContent(long number, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> descriptor)
    {
        Assert.Equal(LengthOf(number), payload.Length);
        Assert.Equal(number % (DependencyDescriptor.MaxLength + 1), descriptor.Length);
        Assert.False(payload.ContainsAnyExcept((byte)number));
        Assert.False(descriptor.ContainsAnyExcept((byte)(number + 1)));
    }

    private static int LengthOf(long number) => (int)(number * 37 % (PacketStore.LongestPayload + 1));
}
