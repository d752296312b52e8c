using Classroom.Data;

namespace Classroom.Recorder.Documents;

/// <param name="Extension">With its dot; the same that <see cref="Links.MediaTypes"/> serves.</param>
internal sealed record FileType(LessonFileTypes Type, string Extension, string ContentType);

/// <summary>Tells files by their first bytes.</summary>
internal static class FileTypes
{
    /// <summary>As many bytes as are looked at.</summary>
    public const int HeadLength = 12;

    private static readonly FileType Pdf = new(LessonFileTypes.Pdf, ".pdf", "application/pdf");
    private static readonly FileType Jpeg = new(LessonFileTypes.Picture, ".jpg", "image/jpeg");
    private static readonly FileType Png = new(LessonFileTypes.Picture, ".png", "image/png");
    private static readonly FileType WebP = new(LessonFileTypes.Picture, ".webp", "image/webp");

    /// <summary>Null for everything that lessons do not take.</summary>
    public static FileType? Of(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith("%PDF-"u8) => Pdf,
        _ when head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => Jpeg,
        _ when head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) => Png,
        _ when head.Length >= HeadLength && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) => WebP,
        _ => null,
    };
}
