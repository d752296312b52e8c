using Classroom.Data;

namespace Classroom.Recorder.Contracts;

/// <param name="Days">Null: kept for ever.</param>
/// <param name="ActsFrom">A changed rule deletes nothing before; null: it never deletes.</param>
public sealed record RetentionRuleInfo(RetentionKind Kind, int? Days, DateTime? ChangedAt, string ChangedBy, DateTime? ActsFrom);

public sealed record RetentionRuleChange(int? Days);

/// <summary>Something that a rule will delete.</summary>
/// <param name="Id">Of the lesson or the micro-course.</param>
/// <param name="From">What the days count from: the lesson, or the publication.</param>
/// <param name="Days">Of the rule: the reason.</param>
/// <param name="CourseCount">Of a recording: micro-courses cut from it, which keep their films and can no longer be cut anew.</param>
public sealed record DueDeletion(RetentionKind Kind, string Id, string Title, DateTime From, int Days, DateTime DueAt, long Bytes, int CourseCount);

/// <summary>What goes within a time, soonest first.</summary>
/// <param name="Items">At most 200 of each kind.</param>
public sealed record DueDeletions(DueDeletion[] Items, int Total, long Bytes, int WithinDays);

public sealed record HoldInfo(string Id, string LessonId, string Title, string Reason, string ByName, DateTime At, DateTime? ReleasedAt, string ReleasedBy);

/// <summary>Why somebody holds or deletes something.</summary>
public sealed record ReasonGiven(string Reason);

public sealed record DeletionInfo(
    string Id, RetentionKind Kind, string Title, DeletionCause Cause, int? Days, string ByName, string Reason, DateTime OrderedAt, DateTime? DoneAt, long Bytes, int Objects);

/// <summary>Whether a recording is held, and what a deletion would mean.</summary>
/// <param name="Hold">Null: it is not held.</param>
/// <param name="DueAt">When a rule deletes it; null: no rule does.</param>
/// <param name="CourseCount">Micro-courses cut from it.</param>
public sealed record RecordingKeeping(HoldInfo? Hold, DateTime? DueAt, long Bytes, int CourseCount);

/// <summary>What goes with a micro-course that is deleted.</summary>
/// <param name="Bytes">Film, exports, pieces and package; null while the store does not answer.</param>
/// <param name="Files">Of its package.</param>
/// <param name="IsHeld">It cannot be deleted: what it was cut from is under a hold.</param>
/// <param name="AsksWhy">It is somebody else's work: a reason has to be given.</param>
public sealed record CourseDeletionPreview(
    string Title, CourseState State, bool HasFilm, long? Bytes, int Files, int Viewers, long WatchedSeconds, int Comments, int Reviews, bool IsHeld, bool AsksWhy);

/// <summary>Recordings by the kind of their room, then what else fills the store.</summary>
/// <param name="Part">A name of <see cref="RetentionKind"/>; Pieces; Documents.</param>
public sealed record StorageShare(string Part, long Bytes);

public sealed record StoragePoint(DateTime Day, long Bytes);

/// <param name="Days">The last 30 days, oldest first.</param>
/// <param name="FreeBytes">Of the disk that the store lies on; null where it is not a folder of this machine.</param>
/// <param name="BytesPerDay">Slope of the straight line through the days; null while there are fewer than three.</param>
/// <param name="DaysLeft">Until the disk is full at that pace; null when it is not growing, or not known.</param>
public sealed record StorageOverview(StorageShare[] Shares, StoragePoint[] Days, long? FreeBytes, double? BytesPerDay, int? DaysLeft);
