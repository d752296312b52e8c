using System.Globalization;

namespace Classroom.Recorder.Boards;

/// <summary>A page that everyone saw, of a document or of the whiteboard.</summary>
/// <param name="Name">On the wire: "doc:{documentId}/{page}" or "board/{page}".</param>
/// <param name="DocumentId">Null for the whiteboard.</param>
/// <param name="Page">From 1.</param>
internal sealed record Surface(string Name, string? DocumentId, int Page)
{
    private const string BoardPrefix = "board/";
    private const string DocumentPrefix = "doc:";

    /// <returns>Null when it is none, or the whiteboard of a subgroup, which is never shown to all.</returns>
    public static Surface? Parse(string? name)
    {
        if (name is null || name.LastIndexOf('/') is not (> 0 and var slash)
            || !int.TryParse(name.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page < 1)
        {
            return null;
        }

        if (name.StartsWith(BoardPrefix, StringComparison.Ordinal) && slash == BoardPrefix.Length - 1)
        {
            return new Surface(name, null, page);
        }

        // It becomes a part of a key in the store.
        return name.StartsWith(DocumentPrefix, StringComparison.Ordinal) && name[DocumentPrefix.Length..slash] is { Length: > 0 } id && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            ? new Surface(name, id, page)
            : null;
    }
}
