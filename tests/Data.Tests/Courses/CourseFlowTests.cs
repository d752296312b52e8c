namespace Classroom.Data.Tests.Courses;

public sealed class CourseFlowTests
{
    [Theory]
    [InlineData(CourseState.Draft, CourseEvent.Render, CourseState.Rendering)]
    [InlineData(CourseState.Rendering, CourseEvent.RenderFinished, CourseState.Ready)]
    [InlineData(CourseState.Ready, CourseEvent.Submit, CourseState.InReview)]
    [InlineData(CourseState.Returned, CourseEvent.Submit, CourseState.InReview)]
    [InlineData(CourseState.InReview, CourseEvent.Approve, CourseState.Published)]
    [InlineData(CourseState.Returned, CourseEvent.Recut, CourseState.Draft)]
    [InlineData(CourseState.Published, CourseEvent.Withdraw, CourseState.Withdrawn)]
    [InlineData(CourseState.Draft, CourseEvent.Submit, null)]
    [InlineData(CourseState.Published, CourseEvent.Recut, null)]
    [InlineData(CourseState.InReview, CourseEvent.Recut, null)]
    [InlineData(CourseState.Rendering, CourseEvent.Recut, null)]
    [InlineData(CourseState.Rendering, CourseEvent.Render, null)]
    [InlineData(CourseState.Draft, CourseEvent.Approve, null)]
    public void A_course_goes_only_the_ways_of_the_table(CourseState state, CourseEvent @event, CourseState? next) =>
        Assert.Equal(next, CourseFlow.Next(state, @event));
}
