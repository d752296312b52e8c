using System.Buffers.Text;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Board;

namespace Classroom.Signaling.Tests.Live;

public sealed class StrokeRulesTests
{
    [Fact]
    public void What_pages_draw_is_taken()
    {
        Assert.True(StrokeRules.IsGood(InkCoding.Stroke()));
        Assert.Equal(2_000, StrokeRules.CountPoints(InkCoding.Points(2_000)));
        Assert.Equal(1, StrokeRules.CountPoints(InkCoding.Encode([(8191, 4000, 31)])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AA")] // No point at all.
    [InlineData("AQID")] // Pressure is announced, and missing.
    [InlineData("AAEC_w")] // Ends inside a number.
    [InlineData("AAAAgA")] // The same, after a point, with nothing but a continuation.
    [InlineData("AP___38A")] // A number of four bytes.
    [InlineData("BwIC")] // No such coding.
    [InlineData("no base64!")]
    public void Points_that_no_page_could_read_are_refused(string points) => Assert.Equal(0, StrokeRules.CountPoints(points));

    [Fact]
    public void Too_many_points_and_points_far_out_are_refused()
    {
        Assert.Equal(0, StrokeRules.CountPoints(InkCoding.Points(2_001)));
        Assert.Equal(0, StrokeRules.CountPoints(InkCoding.Encode([(200_000, 0, 0)])));
        Assert.Equal(0, StrokeRules.CountPoints(InkCoding.Encode([(0, 0, 32)])));
        Assert.Equal(0, StrokeRules.CountPoints(new string('A', 30_000)));
    }

    [Theory]
    [InlineData("laser", "ink", 3)]
    [InlineData("pen", "#ff0000", 3)]
    [InlineData("pen", "ink", 0)]
    [InlineData("pen", "ink", 500)]
    [InlineData("pen", "ink", double.NaN)]
    [InlineData("rect", "ink", 3)] // A shape has two points, not three.
    public void Unknown_tools_colours_and_widths_are_refused(string tool, string color, double width) =>
        Assert.False(StrokeRules.IsGood(InkCoding.Stroke() with { Tool = tool, Color = color, Width = width }));

    [Theory]
    [InlineData("short")]
    [InlineData("has spaces in it")]
    [InlineData("a-very-long-name-of-a-stroke-that-is-not-ours")]
    public void Ids_are_short_and_plain(string id) => Assert.False(StrokeRules.IsGood(InkCoding.Stroke(id: id)));

    [Fact]
    public void A_pointer_has_one_place_or_none()
    {
        Assert.True(StrokeRules.IsGood(new PassingInk("laser", "board/1", "", "pen", "red", 3, InkCoding.Points(1))));
        Assert.True(StrokeRules.IsGood(new PassingInk("laser", "board/1", "", "pen", "red", 3, "")));
        Assert.False(StrokeRules.IsGood(new PassingInk("laser", "board/1", "", "pen", "red", 3, InkCoding.Points(2))));
        Assert.False(StrokeRules.IsGood(new PassingInk("else", "board/1", "", "pen", "red", 3, InkCoding.Points(1))));
    }

    [Fact]
    public void No_bytes_whatever_make_it_fail()
    {
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            Assert.InRange(StrokeRules.CountPoints(Base64Url.EncodeToString(bytes)), 0, 40);
        }
    }

    [Theory]
    [InlineData("board/1", true)]
    [InlineData("board/60", true)]
    [InlineData("board/61", false)]
    [InlineData("board/0", false)]
    [InlineData("board/01", false)]
    [InlineData("board/-1", false)]
    [InlineData("doc:abc/12", true)]
    [InlineData("doc:/1", false)]
    [InlineData("doc:abc", false)]
    [InlineData("else/1", false)]
    [InlineData("", false)]
    public void Surfaces_have_one_name_each(string name, bool isGood) => Assert.Equal(isGood ? name : null, Surface.Parse(name)?.ToString());
}
