namespace Classroom.Signaling.Whip;

/// <summary>The media sections of an offer, by their mid (RFC 9143). Anything more is the media server's business.</summary>
internal static class OfferedSections
{
    private const int Most = 64;

    /// <summary>Every section under one publication name. Empty when the text has no media section.</summary>
    public static Dictionary<string, string> AllAs(string offer, string group)
    {
        Dictionary<string, string> groups = [];
        var isInMedia = false;
        foreach (var line in offer.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("m="))
            {
                isInMedia = true;
            }
            else if (isInMedia && line.StartsWith("a=mid:") && groups.Count < Most)
            {
                groups[line["a=mid:".Length..].Trim().ToString()] = group;
            }
        }

        return groups;
    }
}
