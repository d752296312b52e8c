namespace Classroom.Data.Tests;

public sealed class CaptionFileTests
{
    [Fact]
    public void A_file_is_read_as_browsers_read_it()
    {
        const string File = "\uFEFFWEBVTT - lesson\r\n\r\nNOTE made by hand\r\n\r\nSTYLE\n::cue { color: red }\n\n1\n00:01.500 --> 00:03.000 align:start position:10%\n<v 张老师>什么是<b>方程</b>？</v>\n第二行 &lt;x&gt; &amp; y\n\n"
            + "01:00:00.000 --> 01:00:01.000\n一小时\n\n00:05.000 --> 00:04.000\nends before it begins\n\n00:09.00 --> 00:10.000\nbad time\n";
        var cues = WebVtt.Parse(File)!;
        Assert.Equal([new(1_500, 3_000, "什么是方程？\n第二行 <x> & y"), new VttCue(3_600_000, 3_601_000, "一小时")], cues);
    }

    [Theory, InlineData(""), InlineData("1\n00:00:01,000 --> 00:00:02,000\nSubRip"), InlineData("WEBVTTX"), InlineData("<html>")]
    public void What_is_not_WebVTT_is_refused(string file) => Assert.Null(WebVtt.Parse(file));

    [Fact]
    public void What_is_written_is_read_again()
    {
        VttCue[] cues = [new(0, 1_999, "一 --> 二"), new(3_599_999, 36_000_000, "<b> & 三\n四")];
        var file = WebVtt.Write(cues);
        Assert.StartsWith("WEBVTT\n\n00:00:00.000 --> 00:00:01.999\n", file, StringComparison.Ordinal);
        Assert.Equal(cues, WebVtt.Parse(file));
    }

    [Fact]
    public void No_file_makes_more_lines_than_a_course_may_have()
    {
        var file = "WEBVTT\n\n" + string.Concat(Enumerable.Repeat("00:00.000 --> 00:01.000\n" + new string('字', 500) + "\n\n", WebVtt.MostCues + 5));
        var cues = WebVtt.Parse(file)!;
        Assert.Equal(WebVtt.MostCues, cues.Count);
        Assert.All(cues, cue => Assert.Equal(WebVtt.LongestText, cue.Text.Length));
    }
}
