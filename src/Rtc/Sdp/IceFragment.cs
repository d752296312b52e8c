namespace Classroom.Rtc.Sdp;

/// <summary>Trickle ICE SDP fragments (RFC 8840), as WHIP and WHEP send them by PATCH.</summary>
/// <param name="Ufrag">Null when the fragment names none.</param>
public sealed record IceFragment(string? Ufrag, string? Password)
{
    public static bool TryParse(string text, out IceFragment fragment)
    {
        fragment = new IceFragment(null, null);
        if (!SdpDocument.TryParseFragment(text, out var document))
        {
            return false;
        }

        fragment = new IceFragment(Find(document, "ice-ufrag"), Find(document, "ice-pwd"));
        return fragment.Ufrag is null or { Length: >= 4 and <= 256 } && fragment.Password is null or { Length: >= 22 and <= 256 };
    }

    /// <summary>The server's own credentials after an ICE restart.</summary>
    public static string Write(string ufrag, string password) =>
        $"a=ice-lite\r\na=ice-ufrag:{ufrag}\r\na=ice-pwd:{password}\r\n";

    private static string? Find(SdpDocument document, string name) =>
        document.Find(name) ?? document.Sections.Select(s => s.Find(name)).FirstOrDefault(v => v is not null);
}
