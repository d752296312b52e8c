using Classroom.Data;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Pipeline;

namespace Classroom.Recorder.Tests.Pipeline;

public sealed class BuilderTests
{
    [Theory]
    [InlineData(1080, 720, "1280x720 960x540 640x360 416x234")]
    [InlineData(1080, 1080, "1920x1080 1280x720 960x540 640x360 416x234")]
    [InlineData(720, 720, "1280x720 960x540 640x360 416x234")]
    [InlineData(540, 720, "960x540 640x360 416x234")]
    [InlineData(480, 720, "640x360 416x234 320x180")]
    [InlineData(180, 720, "320x180 240x136 160x90")]
    [InlineData(16, 720, "320x180 240x136 160x90")]
    public void The_ladder_never_exceeds_the_source_and_has_three_rungs(int height, int max, string expected) =>
        Assert.Equal(expected, string.Join(' ', Ladder.For(height, max).Select(rung => $"{rung.Width}x{rung.Height}")));

    [Fact]
    public void A_clip_over_an_interruption_is_film_black_film_of_whole_frames()
    {
        var edit = new EditList([new EditClip(9_000, 12_000, EditLayout.Single, ["room/A"])]);
        RenderSource[] sources = [new("one.mkv", "room/A", 1_000, 9_000, true, true, 720), new("two.mkv", "room/A", 11_000, 60_000, true, false, 720)];
        var graph = RenderGraph.Build(edit, sources, new Rung(640, 360, 365));

        Assert.Equal("-reinit_filter:v 0 -ss 6.000 -t 3.000 -i one.mkv -reinit_filter:v 0 -ss 0.000 -t 1.000 -i two.mkv -reinit_filter:v 0 -ss 8.000 -t 1.000 -i one.mkv", string.Join(' ', graph.Inputs));
        Assert.Equal(75, graph.Frames);
        const string Fit = "scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2,pad=640:360:-1:-1:black:eval=frame,fps=25:start_time=0";
        string[] expected =
        [
            $"[0:v:0]{Fit},trim=start_frame=50,setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone,trim=end_frame=25,setsar=1,format=yuv420p[v0p0]",
            "color=black:s=640x360:r=25,trim=end_frame=25,setsar=1,format=yuv420p[v0p1]",
            $"[1:v:0]{Fit},trim=start_frame=0,setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone,trim=end_frame=25,setsar=1,format=yuv420p[v0p2]",
            "[v0p0][v0p1][v0p2]concat=n=3:v=1:a=0[v0]",
            "[2:a:0]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,adelay=0:all=1[s0n0]",
            "[s0n0]amix=inputs=1:duration=longest:normalize=0,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,apad,atrim=end_sample=144000[a0]",
            "[v0][a0]concat=n=1:v=1:a=1[picture][mixed]",
            "[mixed]aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo[sound]",
        ];
        Assert.Equal(string.Join(';', expected), graph.Filters);
    }

    [Fact]
    public void A_copyable_track_is_copied_and_others_are_encoded()
    {
        Assert.Contains("-map 0:v:0 -c:v copy -bsf:v filter_units=remove_types=7-8 -map 0:a:0 -c:a aac", Line(new MediaInfo(10, "h264", 640, 360, "opus")), StringComparison.Ordinal);
        Assert.Contains("-c:v libx264 -preset superfast -bf 0", Line(new MediaInfo(10, "vp8", 1920, 1080, "opus")), StringComparison.Ordinal);
        Assert.Contains("scale=1280:720:", Line(new MediaInfo(10, "vp8", 1920, 1080, "opus")), StringComparison.Ordinal);
        Assert.Contains("scale=1280:720:", Line(new MediaInfo(10, "h264", 640, 360, "opus"), new PictureSizes(1280, 720, IsConstant: false)), StringComparison.Ordinal);
        Assert.DoesNotContain("0:v:0", Line(new MediaInfo(10, null, 0, 0, "opus")), StringComparison.Ordinal);

        static string Line(MediaInfo media, PictureSizes? sizes = null) =>
            string.Join(' ', ReplayArguments.Hls("in.mkv", media, sizes ?? new PictureSizes(media.Width, media.Height, IsConstant: true), "out"));
    }

    [Theory, InlineData(0.5, 1, 1, 1), InlineData(20, 20, 2, 1), InlineData(100, 100, 10, 1), InlineData(2700, 100, 10, 27)]
    public void A_storyboard_has_at_most_a_hundred_pictures(double seconds, int tiles, int rows, int interval)
    {
        var board = new Storyboard(seconds);
        Assert.Equal((tiles, rows, (double)interval), (board.Tiles, board.Rows, board.IntervalSeconds));
    }

    [Fact]
    public void Storyboard_times_point_into_the_image() => Assert.Contains(
        "\n00:00:11.000 --> 00:00:11.500\nstoryboard.jpg#xywh=160,90,160,90\n", new Storyboard(11.5).Vtt("storyboard.jpg"), StringComparison.Ordinal);

    [Fact]
    public void The_master_playlist_names_rates_sizes_and_codecs()
    {
        var text = MasterPlaylist.Write([(new Rung(640, 360, 365), new HlsRendition(400_000, 300_000, "avc1.4d401e"))], new HlsRendition(130_000, 128_000, "mp4a.40.2"));
        Assert.Contains("BANDWIDTH=530000,AVERAGE-BANDWIDTH=428000,CODECS=\"avc1.4d401e,mp4a.40.2\",RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO=\"sound\"\n360p/index.m3u8\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out_time_us=1500000", 1500.0), InlineData("out_time_us=N/A", null), InlineData("out_time_us=-5", null), InlineData("frame=3", null)]
    public void Progress_lines_are_read(string line, double? milliseconds) => Assert.Equal(milliseconds, FfmpegProgress.Parse(line)?.TotalMilliseconds);

    [Theory]
    [InlineData("av_interleaved_write_frame(): No space left on device", "The disk is full", true)]
    [InlineData("x.mkv: Invalid data found when processing input", "not a video", false)]
    [InlineData("Unknown encoder 'libx264'", "Unknown encoder", true)]
    public void Errors_are_told_in_plain_words(string line, string words, bool retry)
    {
        var error = FfmpegErrors.Explain(1, ["noise", line]);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(retry, error.Retry);
    }
}
