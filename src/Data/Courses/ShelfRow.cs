namespace Classroom.Data;

/// <summary>What the catalogue knows of a course that is or was published: enough to filter, count and order a million of them without their rows.</summary>
public sealed class ShelfRow
{
    /// <summary>Small and dense, unlike ids: bit sets and the full-text index go by it.</summary>
    public int Number { get; set; }
    public required string CourseId { get; set; }

    /// <summary>False after it was withdrawn; the row stays, so that other processes hear of it.</summary>
    public bool IsShown { get; set; }
    public string? NodeId { get; set; }
    public string? SchoolId { get; set; }
    public CourseType Type { get; set; }
    public ReviewLevel? Level { get; set; }
    public AwardLevel? Award { get; set; }
    public string TeacherName { get; set; } = "";

    /// <summary>Ids of its knowledge points, separated by spaces.</summary>
    public string PointIds { get; set; } = "";
    public DateTime PublishedAt { get; set; }
    public DateTime ChangedAt { get; set; }
}
