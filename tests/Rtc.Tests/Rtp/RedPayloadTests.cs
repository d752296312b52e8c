using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Tests.Rtp;

public sealed class RedPayloadTests
{
    [Fact]
    public void What_was_packed_comes_out()
    {
        var random = new Random(2198);
        for (var round = 0; round < 2000; round++)
        {
            var earlier = Enumerable.Range(0, random.Next(RedPayload.MaxBlocks)).Select(_ => (Offset: random.Next(1 << 14), Data: Bytes(random, 0))).ToArray();
            var primary = Bytes(random, 1);
            var type = (byte)random.Next(128);
            var payload = RedBlocks.Pack(type, primary, earlier);

            Assert.True(RedPayload.TryParse(payload, out var red));
            Assert.Equal((type, earlier.Length), (red.PrimaryType, red.EarlierCount));
            Assert.Equal(primary, red.Primary);
            Assert.Equal(primary, payload[red.PrimaryAt..]);
            Assert.True(red.IsAll(type));
            for (var i = 0; i < earlier.Length; i++)
            {
                var block = red[i];
                Assert.Equal((type, (ushort)earlier[i].Offset), (block.PayloadType, block.TimestampOffset));
                Assert.Equal(earlier[i].Data, block.Data);
            }

            AssertCutsAreRefused(payload, red.PrimaryAt);
        }
    }

    [Fact]
    public void Another_payload_type_is_written_into_every_block_and_nothing_else()
    {
        var payload = RedBlocks.Pack(111, [9, 9], (1920, [1]), (960, [2, 3]));
        RedPayload.SetPayloadType(payload, 109);
        Assert.Equal(RedBlocks.Pack(109, [9, 9], (1920, [1]), (960, [2, 3])), payload);
    }

    [Fact]
    public void A_block_of_something_else_is_noticed()
    {
        var payload = RedBlocks.Pack(111, [9], (960, [1]));
        payload[0] = 0x80 | 13;
        Assert.True(RedPayload.TryParse(payload, out var red));
        Assert.Equal((111, 13, false), (red.PrimaryType, red[0].PayloadType, red.IsAll(111)));
    }

    [Fact]
    public void More_blocks_than_anybody_sends_are_refused()
    {
        Assert.True(RedPayload.TryParse(WithEarlier(RedPayload.MaxBlocks - 1), out _));
        Assert.False(RedPayload.TryParse(WithEarlier(RedPayload.MaxBlocks), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("6F")] // no block of its own
    [InlineData("EF0F00")] // half a header
    [InlineData("EF0F0000")] // no header of its own
    [InlineData("EF0F00036F0102")] // two of three bytes, and nothing of its own
    [InlineData("EF0F03FF6F010203")] // reaches past the end
    public void What_ends_early_is_refused(string hex) => Assert.False(RedPayload.TryParse(Convert.FromHexString(hex), out _));

    // Whatever is cut off behind the own block's first byte is missing from that block; before it the lengths do not fit.
    private static void AssertCutsAreRefused(byte[] payload, int primaryAt)
    {
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.Equal(length > primaryAt, RedPayload.TryParse(payload.AsSpan(0, length), out _));
        }
    }

    private static byte[] WithEarlier(int count) => RedBlocks.Pack(111, [1], [.. Enumerable.Repeat((960, new byte[] { 1 }), count)]);

    private static byte[] Bytes(Random random, int least)
    {
        var bytes = new byte[random.Next(least, 30)];
        random.NextBytes(bytes);
        return bytes;
    }
}
