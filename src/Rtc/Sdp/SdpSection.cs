using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>One "m=" line with its attributes.</summary>
public sealed class SdpSection
{
    private const int MaxFormats = 128;

    private SdpSection(string kind, int port, string protocol, IReadOnlyList<string> formats)
    {
        Kind = kind;
        Port = port;
        Protocol = protocol;
        Formats = formats;
    }

    /// <summary>"audio", "video", "application".</summary>
    public string Kind { get; }

    public int Port { get; }

    public string Protocol { get; }

    /// <summary>Payload types in order of preference.</summary>
    public IReadOnlyList<string> Formats { get; }

    public IReadOnlyList<SdpAttribute> Attributes => AttributeList;

    internal List<SdpAttribute> AttributeList { get; } = [];

    /// <summary>First value of that name, null when absent.</summary>
    public string? Find(string name) => Find(AttributeList, name);

    public bool Has(string name) => Find(name) is not null;

    internal static string? Find(List<SdpAttribute> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    internal static bool TryParse(ReadOnlySpan<char> value, out SdpSection section)
    {
        section = null!;
        var words = value.ToString().Split(' ', MaxFormats + 4, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 4 or > MaxFormats + 3)
        {
            return false;
        }

        // "9/2" is a range of ports (RFC 8866 §5.14); only the first matters.
        var slash = words[1].IndexOf('/', StringComparison.Ordinal);
        var port = slash < 0 ? words[1] : words[1][..slash];
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65535)
        {
            return false;
        }

        section = new SdpSection(words[0], number, words[2], words[3..]);
        return true;
    }
}
