using Classroom.Data;

namespace Classroom.Library.Catalogue;

/// <summary>What a node lies below: the names by which the catalogue is narrowed across branches.</summary>
internal readonly record struct NodePlace(string? Stage, string? Grade, string? Subject, string? Edition)
{
    public NodePlace With(CatalogueNode node) => node.Kind switch
    {
        NodeKind.Stage => this with { Stage = node.Name },
        NodeKind.Grade => this with { Grade = node.Name },
        NodeKind.Subject => this with { Subject = node.Name },
        NodeKind.Edition => this with { Edition = node.Name },
        _ => this,
    };
}
