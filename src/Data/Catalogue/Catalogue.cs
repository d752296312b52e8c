namespace Classroom.Data;

/// <summary>Levels of the chapter tree: 学段 › 年级 › 学科 › 版本 › 册次 › 单元 › 课.</summary>
public enum NodeKind { Stage, Grade, Subject, Edition, Volume, Unit, Section }

/// <summary>A node of the chapter tree. Ids are stable: courses point to them for ever.</summary>
public sealed class CatalogueNode
{
    public string Id { get; set; } = Ids.New();
    public string? ParentId { get; set; }
    public NodeKind Kind { get; set; }
    public required string Name { get; set; }
    public int Order { get; set; }

    /// <summary>Set when the node was moved into or merged with another: readers follow it.</summary>
    public string? RedirectToId { get; set; }
}

/// <summary>Something a lesson teaches (知识点).</summary>
public sealed class KnowledgePoint
{
    public string Id { get; set; } = Ids.New();

    /// <summary>The node it belongs to, usually a unit or a section.</summary>
    public required string NodeId { get; set; }
    public required string Name { get; set; }
    public int Order { get; set; }
}
