namespace Classroom.Data;

/// <summary>校 · 区 · 市.</summary>
public enum ReviewLevel { School, District, City }

/// <summary>区优 / 市优 / 省优 / 部优.</summary>
public enum AwardLevel { District, City, Province, Ministry }

public enum ReviewDecision { Approved, Returned }

/// <summary>What a level decided, and why. Kept for ever.</summary>
public sealed class CourseReview
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }
    public required string ReviewerAccountId { get; set; }
    public Account? Reviewer { get; set; }
    public ReviewLevel Level { get; set; }
    public ReviewDecision Decision { get; set; }
    public string Reason { get; set; } = "";
    public DateTime At { get; set; }
}

/// <summary>A remark of a reviewer or an answer of an author, pinned to a moment of the film.</summary>
public sealed class CourseComment
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }
    public required string AccountId { get; set; }
    public Account? Account { get; set; }

    /// <summary>In the film; null: about the whole.</summary>
    public long? AtMs { get; set; }
    public required string Text { get; set; }
    public bool IsDone { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>An award with where it comes from.</summary>
public sealed class CourseAward
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }
    public AwardLevel Level { get; set; }

    /// <summary>The activity in which it was given, for example "2026 年微课评选".</summary>
    public required string Activity { get; set; }

    /// <summary>Who gave it.</summary>
    public required string Issuer { get; set; }
    public int Year { get; set; }

    /// <summary>Number of the certificate; empty when there is none.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>Who entered it here.</summary>
    public string? RecordedByAccountId { get; set; }
    public Account? RecordedBy { get; set; }
    public DateTime RecordedAt { get; set; }
}
