using Classroom.MediaServer.Forwarding;

namespace Classroom.MediaServer.Tests.Forwarding;

public sealed class RtpRewriterTests
{
    [Fact]
    public void Numbers_go_on_behind_a_change_of_source()
    {
        var rewriter = default(RtpRewriter);
        rewriter.Start(500, 9000, 10, 100);
        Assert.True(rewriter.TryMap(500, 9000, out var first, out _));
        Assert.True(rewriter.TryMap(501, 12000, out var second, out var timestamp));
        Assert.Equal((10, 11, 3100u), (first, second, timestamp));

        rewriter.Resume(60000, 77, 3000);
        Assert.True(rewriter.TryMap(60000, 77, out var third, out var next));
        Assert.Equal((12, 6100u), (third, next));
    }

    [Fact]
    public void Packets_from_before_the_start_have_no_place()
    {
        var rewriter = default(RtpRewriter);
        Assert.False(rewriter.TryMap(1, 1, out _, out _));
        rewriter.Start(500, 0, 10, 0);
        Assert.False(rewriter.TryMap(499, 0, out _, out _));
    }

    [Theory]
    [InlineData(10, true, 500)]
    [InlineData(12, true, 502)]
    [InlineData(9, false, 0)]
    [InlineData(13, false, 0)]
    public void A_repeat_is_found_under_the_number_it_was_sent_with(int asked, bool found, long sequence)
    {
        var rewriter = default(RtpRewriter);
        rewriter.Start(500, 0, 10, 0);
        rewriter.TryMap(502, 0, out _, out _);
        Assert.Equal(found, rewriter.TryUnmap((ushort)asked, out var original));
        Assert.True(!found || original == sequence);
    }

    [Fact]
    public void Reordering_keeps_every_packets_own_number()
    {
        var rewriter = default(RtpRewriter);
        rewriter.Start(65535, 0, 65535, 0);
        rewriter.TryMap(65537, 0, out var late, out _);
        rewriter.TryMap(65536, 0, out var early, out _);
        Assert.Equal((65537L, 65536L), (late, early));
    }
}
