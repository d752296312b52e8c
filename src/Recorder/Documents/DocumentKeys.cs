using System.Text.Json;
using Classroom.Data;

namespace Classroom.Recorder.Documents;

/// <summary>Where a document lies in the store.</summary>
internal static class DocumentKeys
{
    public static string FolderKey(this LessonDocument document) => LessonFiles.FolderOf(document.LessonId, $"documents/{document.Id}");

    public static string OriginalKey(this LessonDocument document) => document.FolderKey() + "original" + document.ContentType switch
    {
        "application/pdf" => ".pdf",
        "image/png" => ".png",
        "image/webp" => ".webp",
        _ => ".jpg",
    };

    /// <summary>A picture's only page; its size was taken down when it came in.</summary>
    public static PageShape PictureShape(this LessonDocument document) =>
        JsonSerializer.Deserialize<PageShape[]>(document.Pages, JsonSerializerOptions.Web) is [{ } shape, ..]
            ? shape
            : throw new DocumentException("bad_picture", "The picture's size is not known.");
}
