using Classroom.Recorder.Boards;
using Classroom.Recorder.Drafts;
using static Classroom.Recorder.Tests.Boards.Drawn;

namespace Classroom.Recorder.Tests.Boards;

public sealed class BoardTimesTests
{
    [Fact]
    public void Slides_are_shown_from_page_to_picture_and_not_while_the_recording_is_paused()
    {
        var timeline = Timeline(Show("board/1"), Show("board/2"), Show(null), Show(null), Show("doc:a/1"), Recording("paused"), Show("doc:a/2"), Recording("on"), Draw("x"));
        Assert.Equal([new ShownTime(0, 2000), new ShownTime(4000, 5000), new ShownTime(7000, 20_000)], BoardTimes.Of(timeline, 20_000));
    }

    [Fact]
    public void After_the_slides_comes_whoever_was_staged_last()
    {
        FilmTurn[] turns = [new(0, "a", "Camera"), new(5000, "b", "Camera"), new(9000, "c", "Camera")];
        FilmTurn[] expected = [new(0, "a", "Camera"), new(4000, "board", "Surface"), new(8000, "b", "Camera"), new(9000, "c", "Camera")];
        Assert.Equal(expected, BoardTimes.Over(turns, [new ShownTime(4000, 8000)]));
    }

    [Fact]
    public void Without_anybody_staged_the_slides_give_way_all_the_same() =>
        Assert.Equal([new FilmTurn(1000, "board", "Surface"), new FilmTurn(2000, null, null)], BoardTimes.Over([], [new ShownTime(1000, 2000)]));
}
