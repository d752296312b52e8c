using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>An RTP header extension (RFC 8285) of one media section.</summary>
public readonly record struct SdpExtension(byte Id, string Uri)
{
    public const string Mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    public const string AudioLevel = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    public const string TransportCc = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    /// <summary>Extensions of a section; those with an unusable id are left out.</summary>
    public static IReadOnlyList<SdpExtension> ReadAll(SdpSection section)
    {
        var extensions = new List<SdpExtension>();
        foreach (var attribute in section.Attributes)
        {
            if (attribute.Name == "extmap" && Read(attribute.Value) is { } extension)
            {
                extensions.Add(extension);
            }
        }

        return extensions;
    }

    private static SdpExtension? Read(string value)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return null;
        }

        // "3/sendonly" carries a direction (RFC 8285 §5) that matters to nobody who only reads.
        var slash = words[0].IndexOf('/', StringComparison.Ordinal);
        var id = slash < 0 ? words[0] : words[0][..slash];
        return byte.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new SdpExtension(number, words[1])
            : null;
    }
}
