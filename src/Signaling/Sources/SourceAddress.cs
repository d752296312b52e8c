using System.Diagnostics.CodeAnalysis;

namespace Classroom.Signaling.Sources;

/// <summary>
/// Where an appliance offers its stream. As a rule a password is part of it: it goes to FFmpeg's standard input and to whom
/// may change it, and is written nowhere else. Equal by its text.
/// </summary>
internal sealed record SourceAddress
{
    public const int Longest = 512;

    private readonly string _text;

    private SourceAddress(string text, Uri uri)
    {
        _text = text;
        Scheme = uri.Scheme;
        Place = uri.IsDefaultPort || uri.Port < 0 ? uri.Host : $"{uri.Host}:{uri.Port}";
    }

    /// <summary>rtsp, rtsps, rtmp or rtmps.</summary>
    public string Scheme { get; }

    /// <summary>Machine and port: what logs may say.</summary>
    public string Place { get; }

    /// <summary>The whole of it, password and all.</summary>
    public string Reveal() => _text;

    public override string ToString() => $"{Scheme}://{Place}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out SourceAddress? address)
    {
        address = null;
        var trimmed = (text ?? "").Trim();

        // Control characters and blanks end a line or a word where the address is handed on.
        if (trimmed.Length is 0 or > Longest || trimmed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            || !Uri.TryCreate(trimmed, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("rtsp" or "rtsps" or "rtmp" or "rtmps") || uri.Host.Length == 0)
        {
            return false;
        }

        address = new SourceAddress(trimmed, uri);
        return true;
    }
}
