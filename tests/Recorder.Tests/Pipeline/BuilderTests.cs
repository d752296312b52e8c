using Classroom.Data;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Pipeline.Film;

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
        var clip = new EditClip(9_000, 12_000, EditLayout.Single, ["room/A"]);
        RenderSource[] sources = [Source("one.mkv", 1_000, 9_000), Source("two.mkv", 11_000, 60_000) with { HasAudio = false }];
        var plan = FilmPlan.Of(new EditList([clip]), CardWords.None);
        var graph = PictureGraph.Build((ClipPiece)Assert.Single(plan.Pictures), sources, [], new Rung(640, 360, 365));

        Assert.Equal("-reinit_filter:v 0 -an -ss 6.000 -t 3.000 -i one.mkv -reinit_filter:v 0 -an -ss 0.000 -t 1.000 -i two.mkv", string.Join(' ', graph.Inputs));
        Assert.Equal(75, plan.Frames);
        const string Fit = "scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2:out_color_matrix=bt601:out_range=tv,pad=640:360:-1:-1:black:eval=frame,fps=25:start_time=0";
        string[] expected =
        [
            $"[0:v:0]{Fit},trim=start_frame=50,setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone,trim=end_frame=25,setsar=1,format=yuv420p[picturep0]",
            "color=black:s=640x360:r=25,trim=end_frame=25,setsar=1,format=yuv420p[picturep1]",
            $"[1:v:0]{Fit},trim=start_frame=0,setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone,trim=end_frame=25,setsar=1,format=yuv420p[picturep2]",
            "[picturep0][picturep1][picturep2]concat=n=3:v=1:a=0[picture]",
        ];
        Assert.Equal(string.Join(';', expected), graph.Filters);

        var sound = SoundGraph.Build(Assert.Single(plan.Sounds), sources, []);
        Assert.Equal("-vn -ss 7.800 -t 1.200 -i one.mkv", string.Join(' ', sound.Inputs));
        Assert.StartsWith("[0:a:0]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,atrim=start_sample=9600,asetpts=PTS-STARTPTS,adelay=0:all=1[n0];[n0]amix=inputs=1:", sound.Filters, StringComparison.Ordinal);
        Assert.EndsWith("apad,atrim=end_sample=144000[sound]", sound.Filters, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_clip_is_cut_at_whole_minutes_of_the_lesson_so_that_a_trim_changes_one_piece()
    {
        Assert.Equal([(500, 1000), (1500, 1500), (3000, 1500), (4500, 1125)], Parts(20_000, 225_000));
        Assert.Equal([(501, 999), (1500, 1500), (3000, 1500), (4500, 1125)], Parts(20_040, 225_000));
        // Nothing shorter than four seconds stands alone.
        Assert.Equal([(1425, 1575), (3000, 1550)], Parts(57_000, 182_000));
        Assert.Equal([(0, 100)], Parts(0, 4_000));

        static (long, long)[] Parts(long from, long to) => [.. FilmPlan.Of(new EditList([new EditClip(from, to, EditLayout.Single, ["room/A"])]), CardWords.None)
            .Pictures.Cast<ClipPiece>().Select(part => (part.FromFrame, part.Frames))];
    }

    [Theory]
    [InlineData(EditLayout.Single, 1, "0,0 640x360")]
    [InlineData(EditLayout.SideBySide, 2, "0,0 320x360 320,0 320x360")]
    [InlineData(EditLayout.PictureInPicture, 2, "0,0 640x360 462,252 160x90")]
    [InlineData(EditLayout.ThreeWay, 3, "0,0 426x360 426,0 214x180 426,180 214x180")]
    [InlineData(EditLayout.Grid, 4, "0,0 320x180 320,0 320x180 0,180 320x180 320,180 320x180")]
    [InlineData(EditLayout.Grid, 5, "2,0 212x180 214,0 212x180 426,0 212x180 108,180 212x180 320,180 212x180")]
    public void Layouts_have_their_places(EditLayout layout, int seats, string expected) => Assert.Equal(
        expected, string.Join(' ', LayoutBoxes.Of(layout, seats, new Rung(640, 360, 365)).Select(box => $"{box.X},{box.Y} {box.Width}x{box.Height}")));

    [Fact]
    public void A_piece_is_named_by_what_it_is_made_of()
    {
        var key = new PieceKey("ffmpeg 5", Ladder.For(360, 720), "veryfast");
        RenderSource[] sources = [Source("one.mkv", 0, 60_000)];
        var edit = new EditList([new EditClip(0, 9_000, EditLayout.Single, ["room/A"])]) { Opening = new EditCard(CardStyle.Pine, 3_000, "") };
        var names = Names(edit, "分数");
        Assert.Equal(names, Names(edit, "分数"));
        Assert.Equal((false, true), Same(names, Names(edit, "小数")));
        Assert.Equal((true, false), Same(names, Names(edit with { Blurs = [new EditBlur("room/A", 1_000, 2_000, 0, 0, 0.5, 0.5)] }, "分数")));
        Assert.Equal((true, true), Same(names, Names(edit with { Blurs = [new EditBlur("room/B", 1_000, 2_000, 0, 0, 0.5, 0.5)] }, "分数")));
        Assert.Equal((true, true), Same(names, Names(edit with { Mutes = [new EditMute(null, 1_000, 2_000)] }, "分数")));
        Assert.NotEqual(names, [.. FilmPlan.Of(edit, CardWords.None with { Title = "分数" }).Pictures.Select(piece => new PieceKey("ffmpeg 6", Ladder.For(360, 720), "veryfast").Of(piece, edit, sources))]);

        string[] Names(EditList changed, string title) => [.. FilmPlan.Of(changed, CardWords.None with { Title = title }).Pictures.Select(piece => key.Of(piece, changed, sources))];
        static (bool, bool) Same(string[] one, string[] other) => (one[0] == other[0], one[1] == other[1]);
    }

    [Fact]
    public void Words_of_a_card_are_broken_and_never_read_as_commands()
    {
        Assert.Equal(["分数的", "意义"], CardDrawing.Wrap("分数的意义", 3));
        Assert.Equal(["Hello big", "world"], CardDrawing.Wrap("Hello big world", 6));
        var script = CardDrawing.Script(new CardPiece(CardStyle.Paper, new CardWords("{\\pos(0,0)}分数\\n", "小学", "张老师", "星海"), IsOpening: true, 75));
        Assert.Contains("｛＼pos(0,0)｝分数＼n", script, StringComparison.Ordinal);
        Assert.Contains("星海  张老师", script, StringComparison.Ordinal);
    }

    [Theory, InlineData("/a/b.ass", "/a/b.ass"), InlineData("/a:b's.ass", @"/a\\:b\\\'s.ass")]
    public void Paths_stand_escaped_in_a_graph(string path, string expected) => Assert.Equal(expected, FilterText.Escape(path));

    private static RenderSource Source(string path, long startMs, long durationMs) => new(path, path, "room/A", startMs, durationMs, HasVideo: true, HasAudio: true, 1280, 720);

    [Fact]
    public void Pictures_that_cannot_be_copied_are_encoded_once_at_their_largest_size()
    {
        Assert.Contains("-c:v libx264 -preset superfast -bf 0", Line(1920, 1080), StringComparison.Ordinal);
        Assert.Contains("scale=1280:720:", Line(1920, 1080), StringComparison.Ordinal);
        Assert.Contains("scale=640:360:", Line(640, 360), StringComparison.Ordinal);

        static string Line(int width, int height) => string.Join(' ', ReplayArguments.Encode("in.mkv", width, height, "out.mkv"));
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
        var picture = new HlsRendition("360p", [.. "avcC"u8, 1, 0x4d, 0x40, 0x1e], [new HlsSegment(0, 50_000, 1), new HlsSegment(50_000, 25_000, 1)]);
        var sound = new HlsRendition("sound", [], [new HlsSegment(0, 16_250, 1), new HlsSegment(16_250, 15_750, 1)]);
        var text = FilmPlaylists.Master([(new Rung(640, 360, 365), picture)], sound);
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
