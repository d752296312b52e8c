namespace Classroom.Data;

/// <summary>What lies beside a film: 课件, 教案, 学习任务单, 练习, or something else.</summary>
public enum CourseFileKind { Courseware, LessonPlan, TaskSheet, Exercise, Other }

/// <summary>A file of a micro-course's package.</summary>
public sealed class CourseFile
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }
    public CourseFileKind Kind { get; set; }

    /// <summary>As people see it, with its ending.</summary>
    public required string Name { get; set; }

    /// <summary>Below the course, as <see cref="ILessonFiles"/> names it.</summary>
    public required string ObjectKey { get; set; }
    public long Bytes { get; set; }
    public string? UploaderAccountId { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>Courses that follow each other (系列), or that are about one thing (专题).</summary>
public enum SeriesKind { Series, Topic }

/// <summary>Courses put together by an editor, with a page of their own.</summary>
public sealed class CourseSeries
{
    public string Id { get; set; } = Ids.New();
    public SeriesKind Kind { get; set; }
    public required string Title { get; set; }
    public string Description { get; set; } = "";

    /// <summary>Everyone sees it; before, only those who make such pages.</summary>
    public bool IsShown { get; set; }
    public string? AuthorAccountId { get; set; }
    public DateTime UpdatedAt { get; set; }
    public List<CourseSeriesItem> Items { get; set; } = [];
}

public sealed class CourseSeriesItem
{
    public required string SeriesId { get; set; }
    public required string MicroCourseId { get; set; }
    public int Order { get; set; }
}
