namespace Classroom.Recorder.Store;

/// <summary>The form of keys: segments of letters, digits, '.', '_' and '-', joined by '/'; never "." or "..".</summary>
internal static class ObjectKey
{
    private const int MaxLength = 512;

    public static bool IsValid(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty || key.Length > MaxLength)
        {
            return false;
        }

        foreach (var range in key.Split('/'))
        {
            if (!IsSegment(key[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A prefix is empty, or a key, or a key followed by '/'.</summary>
    public static bool IsValidPrefix(ReadOnlySpan<char> prefix) =>
        prefix.IsEmpty || IsValid(prefix.EndsWith("/") ? prefix[..^1] : prefix);

    public static string Require(string key) =>
        IsValid(key) ? key : throw new ArgumentException($"'{key}' is not an object key.", nameof(key));

    public static string RequirePrefix(string prefix) =>
        IsValidPrefix(prefix) ? prefix : throw new ArgumentException($"'{prefix}' is not a prefix of object keys.", nameof(prefix));

    // A leading dot is refused as a whole: it covers "." and "..", hidden files and our own temporary names.
    private static bool IsSegment(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty || segment[0] == '.')
        {
            return false;
        }

        foreach (var c in segment)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
