using Classroom.Signaling.Sources;

namespace Classroom.Signaling.Tests.Sources;

/// <summary>Addresses of appliances, what FFprobe says of their streams, and how long they are left alone.</summary>
public sealed class SourceTests
{
    [Theory]
    [InlineData("h264", "High", 0, "progressive", "yuv420p", 1920, 1080, null)]
    [InlineData("h264", "Constrained Baseline", 0, "unknown", "yuvj420p", 1280, 720, null)]
    [InlineData("hevc", "Main", 0, "progressive", "yuv420p", 1920, 1080, "codec")]
    [InlineData("h264", "High 4:2:2", 0, "progressive", "yuv422p", 1920, 1080, "profile")]
    [InlineData("h264", "High", 2, "progressive", "yuv420p", 1920, 1080, "b_frames")]
    [InlineData("h264", "Main", 0, "tt", "yuv420p", 1920, 1080, "interlaced")]
    [InlineData("h264", "High", 0, "progressive", "yuv420p10le", 1920, 1080, "colours")]
    [InlineData("h264", "High", 0, "progressive", "yuv420p", 3840, 2160, "size")]
    public void A_picture_that_every_receiver_plays_is_copied(string codec, string profile, int bFrames, string fields, string colours, int width, int height, string? why)
    {
        var json = $$"""
            { "streams": [
              { "codec_type": "audio", "codec_name": "aac" },
              { "codec_type": "video", "codec_name": "{{codec}}", "profile": "{{profile}}", "has_b_frames": {{bFrames}}, "field_order": "{{fields}}",
                "pix_fmt": "{{colours}}", "width": {{width}}, "height": {{height}}, "avg_frame_rate": "30000/1001" } ] }
            """;
        var format = SourceReading.Read(json)!;
        Assert.Equal((why, width, height, 29.97, "aac"), (format.WhyEncoded, format.Width, format.Height, format.FrameRate, format.AudioCodec));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ }")]
    [InlineData("""{ "streams": [ { "codec_type": "data" } ] }""")]
    public void Without_picture_and_sound_there_is_nothing_to_take(string json) => Assert.Null(SourceReading.Read(json));

    [Theory]
    [InlineData("[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized", "wrong_password")]
    [InlineData("[rtsp @ 0x1] method DESCRIBE failed: 404 Not Found", "source_not_found")]
    [InlineData("Connection to tcp://10.0.0.9:554?timeout=0 failed: No route to host", "unreachable")]
    [InlineData("pipe:0: Invalid data found when processing input", "broken_stream")]
    public void What_FFmpeg_complains_of_has_a_name(string errors, string trouble) => Assert.Equal(trouble, SourceReading.TroubleIn(errors));

    [Fact]
    public void An_address_shows_no_more_than_its_machine()
    {
        Assert.True(SourceAddress.TryParse(" rtsp://admin:geheim@10.0.0.9:8554/live?key=geheim ", out var address));
        Assert.Equal(("rtsp://10.0.0.9:8554", "10.0.0.9:8554"), ($"{address}", address.Place));
        Assert.DoesNotContain(SourceInput.Arguments(address), argument => argument.Contains("geheim", StringComparison.Ordinal));
    }

    [Fact]
    public void A_quote_in_an_address_does_not_end_it()
    {
        Assert.True(SourceAddress.TryParse("rtsp://camera/it's", out var address));
        Assert.Contains(@"file 'rtsp://camera/it'\''s'" + "\n", SourceInput.Script(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp", "pipe,tcp,udp,rtp")]
    [InlineData("rtmps", "pipe,rtmps,rtmp,tls,tcp")]
    public void Nothing_but_the_protocols_of_its_scheme_is_opened(string scheme, string protocols)
    {
        Assert.True(SourceAddress.TryParse($"{scheme}://camera/live", out var address));
        var arguments = SourceInput.Arguments(address).ToList();
        Assert.Equal(protocols, arguments[arguments.IndexOf("-protocol_whitelist") + 1]);
    }

    [Fact]
    public void An_appliance_that_stays_away_is_asked_less_and_less_often()
    {
        var backoff = new SourceBackoff();
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => backoff.Next().TotalSeconds));
        backoff.Reset();
        Assert.Equal(1, backoff.Next().TotalSeconds);
    }
}
