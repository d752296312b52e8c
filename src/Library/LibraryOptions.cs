using System.ComponentModel.DataAnnotations;

namespace Classroom.Library;

/// <summary>Limits of the micro-course library.</summary>
public sealed class LibraryOptions
{
    /// <summary>The longest film that one micro-course may become.</summary>
    /// <value>Minutes, 1 to 600; default 60, so that a whole lesson (课堂实录) fits.</value>
    [Range(1, 600)] public int LongestCourseMinutes { get; set; } = 60;

    /// <summary>How long the links of one play session open the film. Players renew them in time.</summary>
    /// <value>Minutes, 5 to 720; default 120.</value>
    [Range(5, 720)] public int PlayMinutes { get; set; } = 120;
}
