namespace Classroom.Data;

/// <summary>What one viewer has watched of one film: each second once, however often it was played.</summary>
public sealed class CourseWatch
{
    public required string MicroCourseId { get; set; }
    public required string AccountId { get; set; }

    /// <summary>One bit for each second of the film that was played.</summary>
    public byte[] Seconds { get; set; } = [];

    /// <summary>How many bits are set.</summary>
    public int WatchedSeconds { get; set; }

    /// <summary>Where the viewer was last.</summary>
    public long PositionMs { get; set; }
    public DateTime FirstAt { get; set; }

    /// <summary>Of the last report.</summary>
    public DateTime LastAt { get; set; }

    /// <summary>Grows with each report: of two at once, one is taken again.</summary>
    public int Version { get; set; }
}

/// <summary>Seconds of a film that a viewer watched for the first time on a day (UTC).</summary>
public sealed class CourseWatchDay
{
    public required string MicroCourseId { get; set; }
    public required string AccountId { get; set; }
    public DateOnly Day { get; set; }
    public int Seconds { get; set; }
}

/// <summary>A viewer's own note at a moment of a film. Nobody else reads it.</summary>
public sealed class CourseNote
{
    public string Id { get; set; } = Ids.New();
    public required string MicroCourseId { get; set; }
    public required string AccountId { get; set; }
    public long AtMs { get; set; }
    public required string Text { get; set; }
    public DateTime CreatedAt { get; set; }
}
