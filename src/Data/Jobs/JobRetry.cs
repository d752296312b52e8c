namespace Classroom.Data;

/// <summary>Whether another attempt can mend what went wrong.</summary>
public enum JobRetry
{
    /// <summary>It would go wrong again.</summary>
    Never,

    /// <summary>Perhaps: until the attempts are used up, after growing pauses.</summary>
    Few,

    /// <summary>Something that the job needs is away, which is not its fault: until it is back, and no attempt is counted.</summary>
    Always,
}
