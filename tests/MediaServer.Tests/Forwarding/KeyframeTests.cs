using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Tests.Forwarding;

public sealed class KeyframeTests
{
    private static readonly Instant s_start = Instant.FromMilliseconds(1000);

    [Theory]
    [InlineData("VP8", "1000", true)] // start of partition 0, key
    [InlineData("VP8", "1001", false)] // start, inter frame
    [InlineData("VP8", "0000", false)] // continuation
    [InlineData("VP8", "90808123F000", true)] // 15-bit picture id
    [InlineData("VP8", "90E0812300F000", true)] // picture id, TL0PICIDX
    [InlineData("VP8", "1100", false)] // second partition
    [InlineData("VP8", "90", false)]
    [InlineData("VP8", "", false)]
    [InlineData("H264", "6742C01F", true)] // SPS
    [InlineData("H264", "6588", true)] // IDR
    [InlineData("H264", "6188", false)] // non-IDR
    [InlineData("H264", "7C85", true)] // first fragment of an IDR
    [InlineData("H264", "7C05", false)] // later fragment
    [InlineData("H264", "7800026742000268CE", true)] // STAP-A with SPS
    [InlineData("H264", "780002618800026188", false)]
    [InlineData("H264", "78FFFF61", false)] // length past the end
    public void A_start_of_decoding_is_told_by_the_payload(string codec, string payload, bool expected) =>
        Assert.Equal(expected, PictureInfo.Read(PictureInfo.CodecOf(codec), Convert.FromHexString(payload)).IsKey);

    [Fact]
    public void Wishes_of_many_receivers_become_one_request()
    {
        var requester = new KeyframeRequester();
        requester.Want(s_start);
        requester.Want(s_start);
        Assert.True(requester.TrySend(s_start));
        Assert.False(requester.TrySend(s_start + TimeSpan.FromMilliseconds(10)));
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    public void A_new_wish_waits_until_200_ms_after_the_last_request(int milliseconds, bool sent)
    {
        var requester = new KeyframeRequester();
        requester.Want(s_start);
        requester.TrySend(s_start);
        requester.Arrived();
        requester.Want(s_start + TimeSpan.FromMilliseconds(50));
        Assert.Equal(sent, requester.TrySend(s_start + TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Fact]
    public void A_request_without_effect_is_made_again()
    {
        var requester = new KeyframeRequester();
        requester.Want(s_start);
        requester.TrySend(s_start);
        Assert.True(requester.TrySend(s_start + TimeSpan.FromMilliseconds(500)));
        requester.Arrived();
        Assert.False(requester.TrySend(s_start + TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_receiver_has_three_requests_in_ten_seconds()
    {
        var budget = new RequestBudget();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(budget.TryTake(s_start + TimeSpan.FromSeconds(i)));
        }

        Assert.False(budget.TryTake(s_start + TimeSpan.FromSeconds(9)));
        Assert.True(budget.TryTake(s_start + TimeSpan.FromSeconds(10)));
    }
}
