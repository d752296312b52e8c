using Classroom.Data;
using Classroom.Signaling.Lessons;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Live.Tablets;

/// <summary>The documents of a lesson that can be put on tablets.</summary>
internal sealed class PushedFiles(IClassroomDbFactory databases, ILessonFiles files)
{
    /// <summary>Opened at once or not at all.</summary>
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    /// <summary>A document of this lesson; null when there is none.</summary>
    public async Task<LessonDocument?> FindAsync(string lessonId, string? documentId, CancellationToken cancellationToken)
    {
        if (documentId is null)
        {
            return null;
        }

        await using var db = databases.Create();
        return await db.LessonDocuments.AsNoTracking().FirstOrDefaultAsync(document => document.LessonId == lessonId && document.Id == documentId, cancellationToken);
    }

    /// <summary>Where the file is fetched, or where the link goes.</summary>
    public string Link(LessonDocument document) => document.Kind == DocumentKind.Link
        ? document.Url
        : files.LinkTo(document.LessonId, $"{LessonDocuments.Folder(document.Id)}/original{LessonDocuments.Extension(document.ContentType)}", LinkLifetime);
}
