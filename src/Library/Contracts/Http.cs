using Classroom.Data;

namespace Classroom.Library.Contracts;

public sealed record TreeNode(string Id, string? ParentId, NodeKind Kind, string Name, int Order, int CourseCount, bool HasChildren, string Version = "", bool IsRetired = false);

/// <param name="Needs">What is learned before.</param>
public sealed record PointInfo(string Id, string NodeId, string Name, int CourseCount, PointRef[] Needs);

/// <param name="NodeId">Courses below this node, at any depth.</param>
/// <param name="Stage">By name, across branches: 小学. So grade (五年级), subject (数学) and edition (人教版).</param>
/// <param name="Page">From 1; 24 cards a page.</param>
public sealed record CourseQuery(string? Text, string? NodeId, string? PointId, string? SchoolId, CourseType? Type, string? Stage, string? Grade, string? Subject, string? Edition, int Page, ReviewLevel? Level = null, AwardLevel? Award = null);

/// <summary>What each choice would find, all other choices kept.</summary>
public sealed record CourseFacets(int Total, FacetValue[] Stages, FacetValue[] Grades, FacetValue[] Subjects, FacetValue[] Editions, FacetValue[] Types, FacetValue[] Schools, FacetValue[] Points, FacetValue[] Levels, FacetValue[] Awards);

/// <param name="Key">What to send back.</param>
/// <param name="Name">Empty where pages have words for the key.</param>
public sealed record FacetValue(string Key, string Name, int Count);

/// <summary>What somebody who types may mean.</summary>
public enum SuggestionKind { Point, Node, School, Teacher, Course }

/// <param name="Id">Of the point, node, school or course; the name of a teacher.</param>
/// <param name="Place">Where it is in the catalogue; empty where that says nothing.</param>
public sealed record Suggestion(SuggestionKind Kind, string Id, string Text, string Place);

public sealed record CoursePage(CourseCard[] Cards, int Total, int Page, int PageSize);

public sealed record CourseCard(string Id, string Title, string TeacherName, string SchoolName, CourseType Type, CourseState State, long DurationMs, string? CoverUrl, string? NodePath, PointRef[] Points, DateTime? PublishedAt, long Plays, ReviewLevel? Level, AwardLevel? Award);

/// <summary>A course of the caller's own, whatever its state.</summary>
public sealed record MyCourse(CourseCard Card, bool MayDelete);

public sealed record PointRef(string Id, string Name);

/// <summary>Everything the editor shows.</summary>
public sealed record CourseDraft(string Id, string? LessonId, string Title, string Description, CourseType Type, CourseState State, int EditVersion, EditList Edit, string? NodeId, string? NodePath, PointRef[] Points, ChapterInfo[] Chapters, string? JobId, ReviewInfo[] Reviews, CueInfo[] Cues, string TeacherName, string SchoolName, string? CoverUrl, bool IsPublic, FilmQuestionEdit[] Questions);

/// <param name="Cues">Null: the captions stay as they are; so with the questions.</param>
/// <param name="EditVersion">The version this change was made on; an older one is refused with edit_conflict.</param>
public sealed record CourseSave(int EditVersion, string Title, string Description, CourseType Type, EditList Edit, string? NodeId, string[] PointIds, ChapterInfo[] Chapters, CueInfo[]? Cues = null, FilmQuestionEdit[]? Questions = null);

public sealed record CourseCreate(string LessonId, long InMs, long OutMs, string? SeatRef);

public sealed record ChapterInfo(long AtMs, string Title);

public sealed record ReviewInfo(string ReviewerName, ReviewDecision Decision, string Reason, DateTime At, ReviewLevel Level);

public sealed record ReviewRequest(ReviewDecision Decision, string Reason);

/// <param name="MediaBase">Signed path of this play session; renew by asking again before <paramref name="ExpiresInSeconds"/>.</param>
/// <param name="Captions">On the film's clock.</param>
/// <param name="Storyboard">WebVTT with #xywh fragments for scrubbing pictures.</param>
public sealed record CoursePlay(CourseCard Card, string Description, string MediaBase, int ExpiresInSeconds, string Hls, string Mp4, string Cover, string Storyboard, ChapterInfo[] Chapters, CourseCard[] NextInChapter, PointTime[] Points, AwardInfo[] Awards, long ResumeMs, CoursePermissions May, CueInfo[] Captions, bool IsPublic, FilmQuestion[] Questions);

/// <summary>Whether everybody may watch a published course without signing in.</summary>
public sealed record PublicChange(bool IsPublic);

/// <summary>What the viewer may do on the page of a film.</summary>
public sealed record CoursePermissions(bool Comment, bool Nominate, bool SeeStatistics, bool ChangeFiles, bool Delete);

/// <summary>A page of review work: what waits, newest first.</summary>
/// <param name="Level">The highest level on which the caller decides.</param>
/// <param name="Needed">How many levels approve before a course is published.</param>
public sealed record ReviewQueue(WaitingCourse[] Waiting, CourseCard[] Done, ReviewLevel Level, int Needed);

/// <param name="JobId">Follow it with GET /api/jobs/{id}.</param>
public sealed record RenderStarted(string JobId);

/// <summary>Where a micro-course is after a step.</summary>
public sealed record CourseMoved(CourseState State);

/// <param name="Kind">Lower than its parent's.</param>
public sealed record NodeCreate(string? ParentId, NodeKind Kind, string Name, string Version = "");

public sealed record NodeEdit(string Name, string Version, bool IsRetired);

/// <param name="ParentId">Null: to the top.</param>
/// <param name="BeforeId">The sibling that it goes before; null: to the end.</param>
public sealed record NodeMove(string? ParentId, string? BeforeId);

/// <param name="IntoId">What it becomes: links to the old one lead there from now on.</param>
public sealed record CatalogueMerge(string IntoId);

public sealed record PointCreate(string NodeId, string Name);

/// <param name="NeedIds">What is learned before.</param>
public sealed record PointEdit(string NodeId, string Name, string[] NeedIds);

/// <summary>The last changes of the catalogue, newest first.</summary>
/// <param name="Version">Of the catalogue: the number of its changes.</param>
public sealed record CatalogueHistory(int Version, CatalogueChangeInfo[] Changes);

public sealed record CatalogueChangeInfo(int Version, DateTime At, string By, string Kind, string Words);

/// <param name="Level">The level that it waits for.</param>
public sealed record WaitingCourse(CourseCard Card, ReviewLevel Level);

/// <param name="AtMs">In the film; null: about the whole.</param>
public sealed record CommentAdd(long? AtMs, string Text);

public sealed record CommentTick(bool IsDone);

public sealed record CommentInfo(string Id, long? AtMs, string Text, string By, bool IsMine, bool IsDone, DateTime At);

/// <param name="Activity">In which it was given.</param>
/// <param name="Issuer">Who gave it.</param>
public sealed record AwardAdd(AwardLevel Level, string Activity, string Issuer, int Year, string Certificate);

public sealed record AwardInfo(string Id, AwardLevel Level, string Activity, string Issuer, int Year, string Certificate, string RecordedBy, DateTime RecordedAt);

public sealed record NotificationList(int Unread, NotificationInfo[] Items);

public sealed record NotificationInfo(string Id, NotificationKind Kind, string CourseId, string Title, string Words, DateTime At, bool IsRead);

public sealed record NoteAdd(long AtMs, string Text);

public sealed record NoteInfo(string Id, long AtMs, string Text);

/// <param name="AtMs">When the film comes to it; null: nobody marked it.</param>
public sealed record PointTime(string Id, string Name, long? AtMs);

/// <param name="Seconds">Watched by all viewers, each second of the film once for each.</param>
/// <param name="Completed">Viewers who watched nine tenths.</param>
/// <param name="Retention">Share of viewers who watched each hundredth of the film.</param>
public sealed record CourseStatistics(string Title, long DurationMs, int Viewers, int Completed, long Seconds, double[] Retention, DayCount[] Days, QuestionCount[] Questions);

public sealed record DayCount(DateOnly Day, int Seconds, int Viewers);

/// <summary>What was learned in a time, by the schools of the viewers and the subjects of the courses.</summary>
public sealed record LearningStatistics(long Seconds, int People, LearningRow[] Schools, LearningRow[] Subjects, DayCount[] Days);

public sealed record LearningRow(string Name, long Seconds, int People, int Courses);

/// <param name="Url">A link to this file alone; it expires.</param>
public sealed record CourseFileInfo(string Id, CourseFileKind Kind, string Name, long Bytes, string Url);

public sealed record SeriesCard(string Id, SeriesKind Kind, string Title, string Description, bool IsShown, int Courses);

public sealed record SeriesPage(string Id, SeriesKind Kind, string Title, string Description, bool IsShown, bool MayEdit, CourseCard[] Cards);

/// <param name="CourseIds">In their order.</param>
public sealed record SeriesEdit(SeriesKind Kind, string Title, string Description, bool IsShown, string[] CourseIds);
