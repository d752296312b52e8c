using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>An RTP header extension (RFC 8285) of one media section.</summary>
/// <param name="IsSendOnly">Its writer sends it and does not want it back; Firefox marks rid so and wants it answered.</param>
public readonly record struct SdpExtension(byte Id, string Uri, bool IsSendOnly = false)
{
    public const string Mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    public const string Rid = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    public const string RepairedRid = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    public const string DependencyDescriptor = "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";
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

        // "3/sendonly" carries a direction (RFC 8285 §5).
        var slash = words[0].IndexOf('/', StringComparison.Ordinal);
        var id = slash < 0 ? words[0] : words[0][..slash];
        return byte.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new SdpExtension(number, words[1], slash >= 0 && words[0].EndsWith("/sendonly", StringComparison.Ordinal))
            : null;
    }
}
