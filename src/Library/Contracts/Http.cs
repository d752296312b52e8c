using Classroom.Data;

namespace Classroom.Library.Contracts;

public sealed record TreeNode(string Id, string? ParentId, NodeKind Kind, string Name, int Order, int CourseCount, bool HasChildren);

public sealed record PointInfo(string Id, string NodeId, string Name, int CourseCount);

/// <param name="NodeId">Courses below this node, at any depth.</param>
/// <param name="Page">From 1; 24 cards a page.</param>
public sealed record CourseQuery(string? Text, string? NodeId, string? PointId, string? SchoolId, CourseType? Type, int Page);

public sealed record CoursePage(CourseCard[] Cards, int Total, int Page, int PageSize);

public sealed record CourseCard(string Id, string Title, string TeacherName, string SchoolName, CourseType Type, CourseState State, long DurationMs, string? CoverUrl, string? NodePath, PointRef[] Points, DateTime? PublishedAt, long Plays);

public sealed record PointRef(string Id, string Name);

/// <summary>Everything the editor shows.</summary>
public sealed record CourseDraft(string Id, string? LessonId, string Title, string Description, CourseType Type, CourseState State, int EditVersion, EditList Edit, string? NodeId, string? NodePath, PointRef[] Points, ChapterInfo[] Chapters, string? JobId, ReviewInfo[] Reviews);

/// <param name="EditVersion">The version this change was made on; an older one is refused with edit_conflict.</param>
public sealed record CourseSave(int EditVersion, string Title, string Description, CourseType Type, EditList Edit, string? NodeId, string[] PointIds, ChapterInfo[] Chapters);

public sealed record CourseCreate(string LessonId, long InMs, long OutMs, string? SeatRef);

public sealed record ChapterInfo(long AtMs, string Title);

public sealed record ReviewInfo(string ReviewerName, ReviewDecision Decision, string Reason, DateTime At);

public sealed record ReviewRequest(ReviewDecision Decision, string Reason);

/// <param name="MediaBase">Signed path of this play session; renew by asking again before <paramref name="ExpiresInSeconds"/>.</param>
/// <param name="Storyboard">WebVTT with #xywh fragments for scrubbing pictures.</param>
public sealed record CoursePlay(CourseCard Card, string Description, string MediaBase, int ExpiresInSeconds, string Hls, string Mp4, string Cover, string Storyboard, ChapterInfo[] Chapters, CourseCard[] NextInChapter);

/// <summary>A page of review work: what waits, newest first.</summary>
public sealed record ReviewQueue(CourseCard[] Waiting, CourseCard[] Done);

/// <param name="JobId">Follow it with GET /api/jobs/{id}.</param>
public sealed record RenderStarted(string JobId);

/// <summary>Where a micro-course is after a step.</summary>
public sealed record CourseMoved(CourseState State);
