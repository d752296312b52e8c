namespace Classroom.Data;

public enum JobState { Queued, Running, Done, Failed, Cancelled }

/// <summary>A unit of work in the queue. Claimed under a lease; a dead worker's job is taken over.</summary>
public sealed class Job
{
    public string Id { get; set; } = Ids.New();

    /// <summary>For example "finish-recording", "render-course".</summary>
    public required string Kind { get; set; }

    /// <summary>The lesson or micro-course it works on.</summary>
    public required string SubjectId { get; set; }
    public string PayloadJson { get; set; } = "{}";
    public JobState State { get; set; }

    /// <summary>Higher first; a waiting teacher is 10, batches 0.</summary>
    public int Priority { get; set; }
    public int Attempts { get; set; }
    public int MaxAttempts { get; set; } = 3;

    /// <summary>0 to 1.</summary>
    public double Progress { get; set; }
    public int? SecondsLeft { get; set; }

    /// <summary>What it is doing, as a code that pages translate.</summary>
    public string? Step { get; set; }

    /// <summary>What went wrong last, in plain words.</summary>
    public string? Error { get; set; }

    /// <summary>The same as a code that pages translate; null where there are only words.</summary>
    public string? ErrorCode { get; set; }
    public bool CancelRequested { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTime? LeaseUntil { get; set; }

    /// <summary>What each report of progress adds to the lease again.</summary>
    public int LeaseSeconds { get; set; }
    public DateTime RunAfter { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? FinishedAt { get; set; }
}
