using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Live.Board;

/// <summary>What a running lesson needs of its documents.</summary>
internal sealed class DocumentSource(IClassroomDbFactory databases, ILessonFiles files)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(2);

    /// <summary>Slides whose pages are drawn; null when there are none of this id in the lesson.</summary>
    public async Task<SlidesOpenBody?> FindSlidesAsync(string lessonId, string documentId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var row = await db.LessonDocuments.AsNoTracking().FirstOrDefaultAsync(
            document => document.Id == documentId && document.LessonId == lessonId && document.Kind == DocumentKind.Slides && document.State == DocumentState.Ready, cancellationToken);
        return row is null ? null : new SlidesOpenBody(row.Id, row.Title, PagesOf(row));
    }

    public DocumentLink Link(string lessonId, string documentId) =>
        new(files.LinkBelow(lessonId, LessonDocuments.Folder(documentId) + "/pages", LinkLifetime), (int)LinkLifetime.TotalSeconds);

    public static DocumentPage[] PagesOf(LessonDocument row) => JsonSerializer.Deserialize<DocumentPage[]>(row.Pages, JsonSerializerOptions.Web) ?? [];
}
