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

    /// <summary>Of an edition: which one, for example "2024 审定".</summary>
    public string Version { get; set; } = "";

    /// <summary>No longer taught: what is filed below it stays found, new courses are filed elsewhere.</summary>
    public bool IsRetired { get; set; }

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

    /// <summary>Set when the point was merged with another: readers follow it.</summary>
    public string? RedirectToId { get; set; }
}

/// <summary>Who learns a point has learned another before.</summary>
public sealed class PointNeed
{
    public required string PointId { get; set; }

    /// <summary>The one that comes before.</summary>
    public required string NeedsId { get; set; }
}

/// <summary>One change of the catalogue. Its number is the version of the whole catalogue after it.</summary>
public sealed class CatalogueChange
{
    public int Id { get; set; }
    public DateTime At { get; set; }
    public string? AccountId { get; set; }

    /// <summary>"add", "edit", "move", "merge", "delete" or "import".</summary>
    public required string Kind { get; set; }

    /// <summary>The node or point that was changed; null for an import.</summary>
    public string? ObjectId { get; set; }

    /// <summary>What happened, as names: "方程 → 方程的意义".</summary>
    public string Words { get; set; } = "";
}
