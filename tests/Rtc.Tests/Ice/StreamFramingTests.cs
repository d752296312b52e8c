using Classroom.Rtc.Ice;

namespace Classroom.Rtc.Tests.Ice;

public sealed class StreamFramingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Frames_come_out_as_they_went_in_however_the_stream_is_cut(int seed)
    {
        var random = new Random(seed);
        var frames = Enumerable.Range(0, 200).Select(_ => Bytes(random, random.Next(0, Datagram.MaxLength + 1))).ToList();
        var stream = frames.SelectMany(Written).ToArray();
        var received = new List<byte>();
        var read = new List<byte[]>();
        for (var offset = 0; offset < stream.Length;)
        {
            var piece = Math.Min(random.Next(1, 4000), stream.Length - offset);
            received.AddRange(stream.AsSpan(offset, piece));
            offset += piece;
            var rest = received.ToArray().AsSpan();
            while (StreamFraming.TryRead(rest, out var frame) == FrameStatus.Complete)
            {
                read.Add(frame.ToArray());
                rest = rest[(StreamFraming.HeaderLength + frame.Length)..];
            }

            received = [.. rest];
        }

        Assert.Empty(received);
        Assert.Equal(frames, read);
    }

    [Fact]
    public void A_frame_longer_than_any_datagram_is_told_by_its_head()
    {
        Assert.Equal(FrameStatus.Invalid, StreamFraming.TryRead([0x05, 0xDD], out _));
        Assert.Equal(FrameStatus.Incomplete, StreamFraming.TryRead([0x05, 0xDC], out _));
        Assert.Equal(FrameStatus.Incomplete, StreamFraming.TryRead([0x05], out _));
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Written(byte[] frame)
    {
        var destination = new byte[StreamFraming.HeaderLength + frame.Length];
        Assert.Equal(destination.Length, StreamFraming.Write(frame, destination));
        return destination;
    }
}
