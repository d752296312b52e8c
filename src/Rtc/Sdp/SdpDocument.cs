namespace Classroom.Rtc.Sdp;

/// <summary>One "a=" line: a flag when the value is empty.</summary>
public readonly record struct SdpAttribute(string Name, string Value);

/// <summary>A session description (RFC 8866) as lines: the session's attributes and its media sections.</summary>
public sealed class SdpDocument
{
    /// <summary>Longest text that is read.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Most media sections that are read.</summary>
    public const int MaxSections = 160;

    /// <summary>Most attributes of one section, and of the whole; a browser writes about 150 for a camera.</summary>
    private const int MaxAttributes = 1024;
    private const int MaxAttributesInAll = 16 * 1024;

    /// <summary>Candidates in all; a browser with many networks writes some dozens.</summary>
    private const int MaxCandidates = 512;

    private readonly List<SdpAttribute> _attributes = [];
    private readonly List<SdpSection> _sections = [];
    private int _attributesInAll;
    private int _candidates;

    private SdpDocument()
    {
    }

    public IReadOnlyList<SdpAttribute> Attributes => _attributes;

    public IReadOnlyList<SdpSection> Sections => _sections;

    /// <summary>It was refused because something in it is larger than any browser makes it.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Reads a description. Unknown lines are passed over; false when it is too large or is no description.</summary>
    public static bool TryParse(string text, out SdpDocument document)
    {
        document = new SdpDocument { IsTooLarge = text.Length > MaxLength };
        return !document.IsTooLarge && text.StartsWith("v=", StringComparison.Ordinal) && document.ReadLines(text);
    }

    /// <summary>Reads an SDP fragment (RFC 8840): the same lines without the session part.</summary>
    public static bool TryParseFragment(string text, out SdpDocument document)
    {
        document = new SdpDocument { IsTooLarge = text.Length > MaxLength };
        return !document.IsTooLarge && document.ReadLines(text);
    }

    /// <summary>First session-level value of that name.</summary>
    public string? Find(string name) => SdpSection.Find(_attributes, name);

    private bool ReadLines(string text)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.Length < 3 || line[1] != '=')
            {
                continue;
            }

            if (!ReadLine(line[0], line[2..]))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadLine(char type, ReadOnlySpan<char> value)
    {
        if (type == 'm')
        {
            if (_sections.Count == MaxSections)
            {
                return TooLarge();
            }

            if (!SdpSection.TryParse(value, out var section))
            {
                return false;
            }

            _sections.Add(section);
            return true;
        }

        if (type != 'a')
        {
            return true;
        }

        var attributes = _sections.Count == 0 ? _attributes : _sections[^1].AttributeList;
        var isCandidate = value.StartsWith("candidate:", StringComparison.Ordinal);
        if (attributes.Count == MaxAttributes || _attributesInAll++ == MaxAttributesInAll || (isCandidate && _candidates++ == MaxCandidates))
        {
            return TooLarge();
        }

        var colon = value.IndexOf(':');
        attributes.Add(colon < 0
            ? new SdpAttribute(value.ToString(), "")
            : new SdpAttribute(value[..colon].ToString(), value[(colon + 1)..].ToString()));
        return true;
    }

    private bool TooLarge()
    {
        IsTooLarge = true;
        return false;
    }
}
