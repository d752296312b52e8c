using Classroom.Data;
using Classroom.Data.Http;
using Microsoft.AspNetCore.Http;

namespace Classroom.Library;

/// <summary>Every refusal of this feature, with its stable code.</summary>
internal static class Problems
{
    public static ApiProblem CourseNotFound => ApiProblem.NotFound("course_not_found", "This micro-course does not exist.");

    public static ApiProblem NodeNotFound => ApiProblem.NotFound("node_not_found", "This chapter does not exist.");

    public static ApiProblem PointNotFound => ApiProblem.NotFound("point_not_found", "This knowledge point does not exist.");

    public static ApiProblem WrongLevel => ApiProblem.Conflict("wrong_level", "A node belongs below one of a higher level, and is merged with one of its own.");

    public static ApiProblem NameTaken => ApiProblem.Conflict("name_taken", "There is one of this name here already.");

    public static ApiProblem NodeInUse => ApiProblem.Conflict("node_in_use", "Something is filed here. Merge it with another, or retire it.");

    public static ApiProblem PointInUse => ApiProblem.Conflict("point_in_use", "Courses or questions carry this point. Merge it with another.");

    public static ApiProblem NeedsItself => ApiProblem.Conflict("needs_itself", "It would have to be learned before itself.");

    public static ApiProblem NoRight => ApiProblem.Forbidden("no_right", "Your account has no right to do this.");

    public static ApiProblem OwnCourse => ApiProblem.Forbidden("own_course", "Nobody reviews a micro-course of their own.");

    public static ApiProblem OutOfScope => ApiProblem.Forbidden("out_of_scope", "This is another school's, region's, subject's or level's to review.");

    public static ApiProblem NotNominated => ApiProblem.Conflict("not_nominated", "Only published courses that wait for nothing are put forward for a higher level.");

    public static ApiProblem CommentNotFound => ApiProblem.NotFound("comment_not_found", "This comment does not exist.");

    public static ApiProblem AwardNotFound => ApiProblem.NotFound("award_not_found", "This award does not exist.");

    public static ApiProblem NoteNotFound => ApiProblem.NotFound("note_not_found", "This note does not exist.");

    public static ApiProblem QuestionNotFound => ApiProblem.NotFound("question_not_found", "This question does not exist.");

    public static ApiProblem FileNotFound => ApiProblem.NotFound("course_file_not_found", "This file does not exist.");

    public static ApiProblem TooManyFiles => ApiProblem.Conflict("too_many_files", "This course has as many files as it may have.");

    public static ApiProblem SeriesNotFound => ApiProblem.NotFound("series_not_found", "This series does not exist.");

    public static ApiProblem LessonNotFound => ApiProblem.NotFound("lesson_not_found", "This lesson does not exist.");

    public static ApiProblem RecordingNotReady => ApiProblem.Conflict("recording_not_ready", "The recording of this lesson is not ready for cutting yet.");

    public static ApiProblem EditConflict => ApiProblem.Conflict("edit_conflict", "Somebody else has saved this micro-course in the meantime. Load it again.");

    public static ApiProblem NotPlayable => ApiProblem.Conflict("no_film", "This micro-course has no finished film yet.");

    public static ApiProblem BadCaptions => ApiProblem.BadRequest("bad_captions", "This is not a file of captions (WebVTT).");

    public static ApiProblem PresetNotFound => ApiProblem.NotFound("preset_not_found", "There is no such preset.");

    public static ApiProblem TooManyPresets => ApiProblem.Conflict("too_many_presets", "There are as many presets as there may be.");

    public static ApiProblem TooLongToExport => ApiProblem.Conflict("export_too_long", "The film is too long for the size and the rate of this preset.");

    public static ApiProblem TooLarge => new(StatusCodes.Status413PayloadTooLarge, "file_too_large", "The file is too large.", []);

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
