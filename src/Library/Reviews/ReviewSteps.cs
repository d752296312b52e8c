using Classroom.Data;

namespace Classroom.Library.Reviews;

/// <summary>Where a course is after a decision.</summary>
internal readonly record struct ReviewStep(CourseState State, ReviewLevel? ReviewLevel, ReviewLevel? ApprovedLevel);

/// <summary>The way through the levels, as one table.</summary>
internal static class ReviewSteps
{
    /// <param name="needed">How many levels approve before a course is published, 1 to 3.</param>
    public static ReviewStep Next(MicroCourse course, ReviewLevel level, ReviewDecision decision, int needed) => (course.State, decision) switch
    {
        // It was put forward from the catalogue, and stays there.
        (CourseState.Published, ReviewDecision.Approved) => new ReviewStep(CourseState.Published, null, level),
        (CourseState.Published, _) => new ReviewStep(CourseState.Published, null, course.ApprovedLevel),
        (_, ReviewDecision.Returned) => new ReviewStep(CourseState.Returned, null, null),
        _ when (int)level + 1 < needed => new ReviewStep(CourseState.InReview, level + 1, level),
        _ => new ReviewStep(CourseState.Published, null, level),
    };
}
