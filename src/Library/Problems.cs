using Classroom.Data;
using Classroom.Data.Http;
using Microsoft.AspNetCore.Http;

namespace Classroom.Library;

/// <summary>Every refusal of this feature, with its stable code.</summary>
internal static class Problems
{
    public static ApiProblem CourseNotFound => ApiProblem.NotFound("course_not_found", "This micro-course does not exist.");

    public static ApiProblem NodeNotFound => ApiProblem.NotFound("node_not_found", "This chapter does not exist.");

    public static ApiProblem NoRight => ApiProblem.Forbidden("no_right", "Your account has no right to do this.");

    public static ApiProblem OwnCourse => ApiProblem.Forbidden("own_course", "Nobody reviews a micro-course of their own.");

    public static ApiProblem LessonNotFound => ApiProblem.NotFound("lesson_not_found", "This lesson does not exist.");

    public static ApiProblem RecordingNotReady => ApiProblem.Conflict("recording_not_ready", "The recording of this lesson is not ready for cutting yet.");

    public static ApiProblem EditConflict => ApiProblem.Conflict("edit_conflict", "Somebody else has saved this micro-course in the meantime. Load it again.");

    public static ApiProblem NotPlayable => ApiProblem.Conflict("no_film", "This micro-course has no finished film yet.");

    /// <summary>The course is not in a state in which this may happen.</summary>
    public static ApiProblem NotNow(CourseState state) => state switch
    {
        CourseState.Rendering => ApiProblem.Conflict("rendering", "The film is being made. Wait until it is finished, or cancel it."),
        CourseState.InReview => ApiProblem.Conflict("in_review", "This micro-course is in review and cannot be changed now."),
        CourseState.Published => ApiProblem.Conflict("published", "This micro-course is published. Withdraw it to change it."),
        _ => ApiProblem.Conflict("not_now", "This is not possible in the present state of the micro-course."),
    };

    public static ApiProblem Invalid(IReadOnlyList<ApiProblemField> fields) =>
        new(StatusCodes.Status400BadRequest, "invalid", "Some fields are not right.", fields);

    public static ApiProblem NotReadyForReview(IReadOnlyList<ApiProblemField> missing) =>
        new(StatusCodes.Status409Conflict, "not_ready_for_review", "Something is missing before this micro-course can be reviewed.", missing);
}
