namespace Classroom.Data.Tests;

public sealed class EditListTests
{
    private static readonly EditList s_edit = new(
    [
        new EditClip(60_000, 70_000, EditLayout.Single, ["room/A"]),
        new EditClip(10_000, 15_000, EditLayout.Grid, ["room/A", "room/B", "room/C"]),
    ])
    {
        Opening = new EditCard(CardStyle.Paper, 4_000, "第一课时"),
        Blurs = [new EditBlur("room/A", 61_000, 62_000, 0.25, 0.5, 0.125, 0.25)],
        Mutes = [new EditMute(null, 61_000, 62_000)],
        Cover = new EditCover(5_000, "a.png"),
    };

    [Fact]
    public void An_edit_of_an_earlier_version_is_read()
    {
        var edit = EditList.Parse("""{"clips":[{"inMs":1000,"outMs":3000,"layout":"SideBySide","seats":["a/A","a/B"]}],"durationMs":2000}""");
        Assert.Equal((2_000, EditLayout.SideBySide, 0, 0), (edit.DurationMs, edit.Clips[0].Layout, edit.Blurs.Count, edit.Mutes.Count));
        Assert.Null(edit.Opening);
        Assert.True(edit.IsSameAs(EditList.Parse(edit.ToJson())));
        Assert.Empty(EditList.Parse("{}").Clips);
    }

    [Fact]
    public void Lists_that_are_left_out_are_empty() =>
        Assert.Equal((0, ""), (EditList.Parse("""{"clips":[{"inMs":0,"outMs":1}],"blurs":null,"opening":{"lengthMs":500}}""") is var edit ? edit.Blurs.Count : -1, edit.Opening!.Text));

    [Fact]
    public void An_edit_is_the_same_only_when_everything_is()
    {
        Assert.True(s_edit.IsSameAs(EditList.Parse(s_edit.ToJson())));
        Assert.False(s_edit.IsSameAs(s_edit with { Opening = null }));
        Assert.False(s_edit.IsSameAs(s_edit with { Blurs = [s_edit.Blurs[0] with { X = 0.26 }] }));
        Assert.False(s_edit.IsSameAs(s_edit with { Mutes = [] }));
        Assert.False(s_edit.IsSameAs(s_edit with { Cover = new EditCover(5_000, null) }));
        Assert.Equal(19_000, s_edit.DurationMs);
    }

    [Fact]
    public void Times_of_the_lesson_are_found_in_the_film_and_back()
    {
        Assert.Equal([new TimeSpanMs(5_000, 6_000)], FilmTimes.OfLesson(s_edit, 61_000, 62_000));
        Assert.Equal([new TimeSpanMs(13_000, 14_000)], FilmTimes.OfLesson(s_edit, 69_000, 75_000));
        Assert.Equal([new TimeSpanMs(4_000, 14_000), new TimeSpanMs(14_000, 19_000)], FilmTimes.OfLesson(s_edit, 0, 100_000));
        Assert.Empty(FilmTimes.OfLesson(s_edit, 20_000, 30_000));
        Assert.Equal(new TimeSpanMs(61_000, 62_000), FilmTimes.ToLesson(s_edit, 5_000, 6_000));
        Assert.Equal(new TimeSpanMs(60_000, 61_000), FilmTimes.ToLesson(s_edit, 3_000, 5_000));
        Assert.Equal(new TimeSpanMs(10_000, 11_000), FilmTimes.ToLesson(s_edit, 14_000, 15_000));
        Assert.Null(FilmTimes.ToLesson(s_edit, 0, 4_000));
        Assert.Null(FilmTimes.ToLesson(s_edit, 19_000, 20_000));
    }
}
