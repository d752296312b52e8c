using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>Which way media flows, from the writer's side (RFC 3264).</summary>
public enum SdpDirection { SendRecv, SendOnly, RecvOnly, Inactive }

/// <summary>What a peer says of itself in an offer or an answer, read into types.</summary>
/// <param name="Fingerprint">SHA-256 of its certificate, "AA:BB:…" in upper case.</param>
/// <param name="Setup">"actpass", "active" or "passive" (RFC 8842).</param>
public sealed record RemoteDescription(string Ufrag, string Password, string Fingerprint, string Setup, IReadOnlyList<RemoteSection> Sections)
{
    /// <summary>Reads a whole description; false when ICE credentials or a SHA-256 fingerprint are missing.</summary>
    public static bool TryParse(string text, out RemoteDescription description) => TryParse(text, out description, out _);

    /// <param name="text">As it came.</param>
    /// <param name="description">Null when it is refused.</param>
    /// <param name="isTooLarge">It is refused because there is more in it than any browser writes: bytes, sections, attributes or candidates.</param>
    public static bool TryParse(string text, out RemoteDescription description, out bool isTooLarge)
    {
        description = null!;
        var isRead = SdpDocument.TryParse(text, out var document);
        isTooLarge = document.IsTooLarge;
        if (!isRead || document.Sections.Count == 0)
        {
            return false;
        }

        var ufrag = First(document, "ice-ufrag");
        var password = First(document, "ice-pwd");
        var fingerprint = ReadFingerprint(document);
        // RFC 8839 §5.4: 4 to 256 characters, 22 to 256 characters.
        if (ufrag is not { Length: >= 4 and <= 256 } || password is not { Length: >= 22 and <= 256 } || fingerprint is null)
        {
            return false;
        }

        var mixed = document.Find("extmap-allow-mixed") is not null;
        var sections = new List<RemoteSection>(document.Sections.Count);
        for (var i = 0; i < document.Sections.Count; i++)
        {
            sections.Add(RemoteSection.Read(document.Sections[i], i, mixed));
        }

        description = new RemoteDescription(ufrag, password, fingerprint, First(document, "setup") ?? "actpass", sections);
        return sections.Select(s => s.Mid).Distinct(StringComparer.Ordinal).Count() == sections.Count;
    }

    private static string? ReadFingerprint(SdpDocument document)
    {
        var value = First(document, "fingerprint");
        var words = value?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is { Length: 2 } && words[0].Equals("sha-256", StringComparison.OrdinalIgnoreCase) && words[1].Length == 95
            ? words[1].ToUpperInvariant()
            : null;
    }

    private static string? First(SdpDocument document, string name)
    {
        if (document.Find(name) is { } value)
        {
            return value;
        }

        // The sections are bundled: the first that is not rejected speaks for all.
        foreach (var section in document.Sections)
        {
            if (section.Find(name) is { } inSection && (section.Port != 0 || section.Has("bundle-only")))
            {
                return inSection;
            }
        }

        return null;
    }
}

/// <summary>One media section of a peer.</summary>
/// <param name="IsRejected">Port 0 without bundle-only (Firefox writes port 0 with bundle-only for sections that are meant).</param>
/// <param name="Ssrcs">Sources announced by a=ssrc, repair flows (FID) left out.</param>
public sealed record RemoteSection(
    string Mid,
    string Kind,
    string Protocol,
    IReadOnlyList<string> Formats,
    SdpDirection Direction,
    bool IsRejected,
    IReadOnlyList<RtpCodec> Codecs,
    IReadOnlyList<SdpExtension> Extensions,
    IReadOnlyList<uint> Ssrcs)
{
    private const int MaxSsrcs = 16;

    /// <summary>Encodings that are sent at once (simulcast), in the order of the offer; empty: one encoding without a name.</summary>
    public IReadOnlyList<string> Rids { get; init; } = [];

    /// <summary>The peer reads both forms of header extensions in one stream (RFC 8285 §6).</summary>
    public bool AllowsMixedExtensions { get; init; }

    /// <summary>Sources of retransmissions that are announced with the source they repair (ssrc-group FID).</summary>
    public IReadOnlyList<(uint Source, uint Repair)> Repairs { get; private init; } = [];

    internal static RemoteSection Read(SdpSection section, int index, bool mixed)
    {
        var repairs = ReadRepairs(section);
        return new(
            section.Find("mid") ?? index.ToString(CultureInfo.InvariantCulture),
            section.Kind,
            section.Protocol,
            section.Formats,
            ReadDirection(section),
            section.Port == 0 && !section.Has("bundle-only"),
            section.Kind is "audio" or "video" ? RtpCodec.ReadAll(section) : [],
            SdpExtension.ReadAll(section),
            ReadSsrcs(section, repairs))
        {
            Rids = SimulcastLines.ReadSend(section),
            Repairs = repairs,
            AllowsMixedExtensions = mixed || section.Has("extmap-allow-mixed"),
        };
    }

    public byte ExtensionId(string uri) => Extensions.FirstOrDefault(e => e.Uri == uri).Id;

    private static SdpDirection ReadDirection(SdpSection section) =>
        section.Has("sendonly") ? SdpDirection.SendOnly
        : section.Has("recvonly") ? SdpDirection.RecvOnly
        : section.Has("inactive") ? SdpDirection.Inactive
        : SdpDirection.SendRecv;

    private static List<uint> ReadSsrcs(SdpSection section, List<(uint Source, uint Repair)> repairs)
    {
        List<uint> ssrcs = [];
        foreach (var attribute in section.Attributes)
        {
            if (attribute.Name == "ssrc" && ssrcs.Count < MaxSsrcs
                && TryReadSource(attribute.Value.Split(' ')[0], out var ssrc) && !ssrcs.Contains(ssrc))
            {
                ssrcs.Add(ssrc);
            }
        }

        ssrcs.RemoveAll(ssrc => repairs.Exists(r => r.Repair == ssrc));
        return ssrcs;
    }

    private static List<(uint Source, uint Repair)> ReadRepairs(SdpSection section)
    {
        List<(uint, uint)> repairs = [];
        foreach (var attribute in section.Attributes)
        {
            if (attribute.Name != "ssrc-group" || !attribute.Value.StartsWith("FID ", StringComparison.Ordinal) || repairs.Count == MaxSsrcs)
            {
                continue;
            }

            var words = attribute.Value.Split(' ');
            if (words.Length == 3 && TryReadSource(words[1], out var source) && TryReadSource(words[2], out var repair) && source != repair)
            {
                repairs.Add((source, repair));
            }
        }

        return repairs;
    }

    private static bool TryReadSource(string text, out uint ssrc) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ssrc);
}
