using System.Globalization;
using Classroom.Signaling.Live.Groups;

namespace Classroom.Signaling.Live.Board;

/// <summary>A page that is shown and drawn on: of a document, or of the whiteboard.</summary>
/// <param name="DocumentId">Null for the whiteboard.</param>
/// <param name="Page">From 1.</param>
/// <param name="Group">The subgroup whose whiteboard it is; null: everyone's.</param>
internal sealed record Surface(string? DocumentId, int Page, string? Group = null)
{
    public const int MostBoardPages = 60;
    private const string DocumentPrefix = "doc:";
    private const string BoardName = "board";
    private const int LongestName = 80;

    public override string ToString() => Group is not null ? GroupState.SurfaceOf(Group) : string.Create(CultureInfo.InvariantCulture, $"{(DocumentId is null ? BoardName : DocumentPrefix + DocumentId)}/{Page}");

    /// <summary>Null when it is no name of a surface.</summary>
    public static Surface? Parse(string? name)
    {
        if (name is { Length: <= LongestName } && GroupState.GroupOfSurface(name) is { } group)
        {
            return group.Length > 0 && group.All(char.IsAsciiDigit) ? new Surface(null, 1, group) : null;
        }

        if (name is not { Length: > 0 and <= LongestName } || name.LastIndexOf('/') is not (> 0 and var slash)
            || !int.TryParse(name.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page < 1 || name[slash + 1] == '0')
        {
            return null;
        }

        var place = name[..slash];
        return place switch
        {
            BoardName => page <= MostBoardPages ? new Surface(null, page) : null,
            _ when place.StartsWith(DocumentPrefix, StringComparison.Ordinal) && place.Length > DocumentPrefix.Length => new Surface(place[DocumentPrefix.Length..], page),
            _ => null,
        };
    }
}
