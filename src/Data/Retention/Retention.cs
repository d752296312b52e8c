namespace Classroom.Data;

/// <summary>What a rule of keeping is about: recordings by the kind of their room, and micro-courses.</summary>
public enum RetentionKind { Dedicated, MasterTeacher, SchoolNetwork, Synchronous, Research, Event, MicroCourse }

/// <summary>How long something is kept. Without a row it is kept for ever.</summary>
public sealed class RetentionRule
{
    public RetentionKind Kind { get; set; }

    /// <summary>Days after the lesson, or after the publication of a micro-course; null: for ever.</summary>
    public int? Days { get; set; }
    public DateTime ChangedAt { get; set; }
    public string? ChangedByAccountId { get; set; }
    public Account? ChangedBy { get; set; }
}

/// <summary>Why a recording must not be deleted (legal hold), from when to when. The line stays when the hold ends, and when the recording goes.</summary>
public sealed class RecordingHold
{
    public string Id { get; set; } = Ids.New();
    public required string LessonId { get; set; }
    public required string Reason { get; set; }
    public required string ByAccountId { get; set; }
    public Account? By { get; set; }
    public DateTime At { get; set; }
    public DateTime? ReleasedAt { get; set; }
    public string? ReleasedByAccountId { get; set; }
    public Account? ReleasedBy { get; set; }
}

/// <summary>Who or what had something deleted.</summary>
public enum DeletionCause { Rule, Person }

/// <summary>What was deleted. It outlives what it tells of, and carries the title only.</summary>
public sealed class DeletionRecord
{
    public string Id { get; set; } = Ids.New();

    /// <summary>What it was: a recording of a room of this kind, or a micro-course.</summary>
    public RetentionKind Kind { get; set; }

    /// <summary>The lesson or the micro-course.</summary>
    public required string SubjectId { get; set; }
    public required string Title { get; set; }
    public DeletionCause Cause { get; set; }

    /// <summary>Of the rule, when a rule did it.</summary>
    public int? Days { get; set; }
    public string? AccountId { get; set; }
    public Account? Account { get; set; }

    /// <summary>In the words of the person who did it.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Its rows are gone since then.</summary>
    public DateTime OrderedAt { get; set; }

    /// <summary>Its files were counted, once, before the first of them went.</summary>
    public DateTime? CountedAt { get; set; }
    public long Bytes { get; set; }
    public int Objects { get; set; }

    /// <summary>Nothing of it is left; null: files are still being deleted.</summary>
    public DateTime? DoneAt { get; set; }
}

/// <summary>What fills the store.</summary>
public enum StoragePart { Recordings, Courses, Pieces, Documents }

/// <summary>How much lay in the store on a day.</summary>
public sealed class StorageDay
{
    /// <summary>Midnight (UTC).</summary>
    public DateTime Day { get; set; }
    public StoragePart Part { get; set; }
    public long Bytes { get; set; }
}
