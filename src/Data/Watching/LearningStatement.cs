namespace Classroom.Data;

/// <summary>An xAPI statement on its way to a learning record store: the row goes when the store has it.</summary>
public sealed class LearningStatement
{
    /// <summary>In the order in which they are told.</summary>
    public long Number { get; set; }

    /// <summary>A UUID, by which the store knows a statement that comes twice.</summary>
    public required string Id { get; set; }

    /// <summary>The whole statement as JSON.</summary>
    public required string Body { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>In the future while a process is sending it.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>When the store said that it never takes this one; null: it waits.</summary>
    public DateTime? RefusedAt { get; set; }
}
