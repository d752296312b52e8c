namespace Classroom.Data;

/// <summary>What can happen to a micro-course.</summary>
public enum CourseEvent { Recut, Render, RenderFinished, RenderFailed, RenderCancelled, Submit, Approve, Return, Withdraw }

/// <summary>The one table of a micro-course's way from draft to catalogue.</summary>
public static class CourseFlow
{
    /// <returns>The state that follows; null when the event is not allowed in this state.</returns>
    public static CourseState? Next(CourseState state, CourseEvent @event) => (state, @event) switch
    {
        // New clips: the finished film no longer shows what the edit says.
        (CourseState.Draft or CourseState.Failed or CourseState.Ready or CourseState.Returned or CourseState.Withdrawn, CourseEvent.Recut) => CourseState.Draft,
        (CourseState.Draft or CourseState.Failed or CourseState.Ready or CourseState.Returned or CourseState.Withdrawn, CourseEvent.Render) => CourseState.Rendering,
        (CourseState.Rendering, CourseEvent.RenderFinished) => CourseState.Ready,
        (CourseState.Rendering, CourseEvent.RenderFailed) => CourseState.Failed,
        (CourseState.Rendering, CourseEvent.RenderCancelled) => CourseState.Draft,

        // A returned film may be sent again without rendering when only words were wrong.
        (CourseState.Ready or CourseState.Returned or CourseState.Withdrawn, CourseEvent.Submit) => CourseState.InReview,
        (CourseState.InReview, CourseEvent.Approve) => CourseState.Published,
        (CourseState.InReview, CourseEvent.Return) => CourseState.Returned,
        (CourseState.InReview or CourseState.Published, CourseEvent.Withdraw) => CourseState.Withdrawn,
        _ => null,
    };
}
