namespace Classroom.Data;

/// <summary>Draft → Rendering → Ready → InReview → Published, or back by Returned; Failed keeps the error.</summary>
public enum CourseState { Draft, Rendering, Failed, Ready, InReview, Returned, Published, Withdrawn }

/// <summary>学科 / 实验 / 复习 / 特色 micro-course, 精品课, 假期课程.</summary>
public enum CourseType { Subject, Experiment, Review, Special, Premium, Holiday }

/// <summary>A clip cut from a lesson, with its metadata and catalogue position (微课).</summary>
public sealed class MicroCourse
{
    public string Id { get; set; } = Ids.New();

    /// <summary>The lesson it was cut from; null for an uploaded film.</summary>
    public string? LessonId { get; set; }
    public Lesson? Lesson { get; set; }
    public required string Title { get; set; }
    public string Description { get; set; } = "";
    public CourseType Type { get; set; }
    public CourseState State { get; set; }

    /// <summary>The decision list as JSON; read it with <see cref="EditList.Parse"/>.</summary>
    public string EditJson { get; set; } = "{}";

    /// <summary>Grows with each saved edit: a save with an older number is refused.</summary>
    public int EditVersion { get; set; }
    public required string AuthorAccountId { get; set; }
    public Account? Author { get; set; }
    public string? SchoolId { get; set; }
    public School? School { get; set; }
    public string? TeacherName { get; set; }
    public string? NodeId { get; set; }
    public CatalogueNode? Node { get; set; }
    public List<MicroCoursePoint> Points { get; set; } = [];
    public List<CourseChapter> Chapters { get; set; } = [];
    public List<CourseCue> Cues { get; set; } = [];
    public List<CourseQuestion> Questions { get; set; } = [];

    /// <summary>What the recogniser heard last, as WebVTT on the lesson clock; editors take it over or leave it.</summary>
    public string? RecognisedVtt { get; set; }

    /// <summary>The finished render; null until there is one.</summary>
    public string? RenditionId { get; set; }
    public Rendition? Rendition { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public DateTime? PublishedAt { get; set; }
    public long Plays { get; set; }

    /// <summary>The level that it waits for; null when it waits for none. A published course may wait for a higher one.</summary>
    public ReviewLevel? ReviewLevel { get; set; }

    /// <summary>The highest level that approved it.</summary>
    public ReviewLevel? ApprovedLevel { get; set; }

    /// <summary>The highest award that it has.</summary>
    public AwardLevel? Award { get; set; }

    /// <summary>Anybody may watch it without signing in, by links that are signed and expire all the same.</summary>
    public bool IsPublic { get; set; }
}

public sealed class MicroCoursePoint
{
    public required string MicroCourseId { get; set; }
    public required string KnowledgePointId { get; set; }
    public KnowledgePoint? KnowledgePoint { get; set; }
}

/// <summary>A chapter mark inside the film.</summary>
public sealed class CourseChapter
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }
    public long AtMs { get; set; }
    public required string Title { get; set; }
}

/// <summary>A line of the captions. It stands on the lesson clock, as clips do: it follows its words wherever the film is cut.</summary>
public sealed class CourseCue
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }
    public long FromMs { get; set; }
    public long ToMs { get; set; }
    public required string Text { get; set; }
}

/// <summary>One finished render of a micro-course, immutable, under one prefix of the object store.</summary>
public sealed class Rendition
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }

    /// <summary>Object keys: master playlist, MP4, cover JPEG, storyboard image and its WebVTT.</summary>
    public required string HlsKey { get; set; }
    public required string Mp4Key { get; set; }
    public required string CoverKey { get; set; }
    public required string StoryboardKey { get; set; }
    public required string StoryboardVttKey { get; set; }
    public long DurationMs { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }
    public long Bytes { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>An access to media of minors, one row a session.</summary>
public sealed class AccessLogEntry
{
    public string Id { get; set; } = Ids.New();
    public DateTime At { get; set; }
    public string? AccountId { get; set; }

    /// <summary>"recording", "answers", "course", "opened" or "closed" to everybody, or "play" for the one play a day of a viewer that a course counts.</summary>
    public required string ObjectKind { get; set; }
    public required string ObjectId { get; set; }
    public string? Address { get; set; }
}
