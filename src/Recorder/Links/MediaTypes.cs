namespace Classroom.Recorder.Links;

/// <summary>Content types of what we store. Anything else is not served.</summary>
internal static class MediaTypes
{
    public static string? Of(string key) => Path.GetExtension(key) switch
    {
        ".m3u8" => "application/vnd.apple.mpegurl",
        ".mp4" => "video/mp4",
        ".m4s" => "video/iso.segment",
        ".mkv" => "video/x-matroska",
        ".jpg" => "image/jpeg",
        ".png" => "image/png",
        ".webp" => "image/webp",
        ".pdf" => "application/pdf",
        ".json" => "application/json",
        ".vtt" => "text/vtt; charset=utf-8",
        _ => null,
    };
}
