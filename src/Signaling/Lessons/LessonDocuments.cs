using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Live.Board;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons;

/// <summary>What a lesson shows and hands out: taken in, listed, put in order, deleted.</summary>
internal sealed class LessonDocuments(ClassroomDb db, ILessonFiles files, JobQueue queue, TimeProvider time)
{
    public const long MostBytes = 64_000_000;
    public const int MostDocuments = 60;
    private const int LongestTitle = 100;
    private const int LongestUrl = 1_000;
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(4);

    public async Task<DocumentRow[]> ListAsync(string lessonId, CancellationToken cancellationToken)
    {
        var rows = await Ordered(lessonId).AsNoTracking().ToListAsync(cancellationToken);
        var waiting = rows.Where(row => row.State == DocumentState.Waiting).Select(row => row.Id).ToList();
        var jobs = await db.Jobs.Where(job => job.Kind == JobKinds.RenderSlides && job.State == JobState.Running && waiting.Contains(job.SubjectId))
            .ToDictionaryAsync(job => job.SubjectId, cancellationToken);
        return [.. rows.Select(row => Row(row, jobs.GetValueOrDefault(row.Id)))];
    }

    public Task<bool> IsFullAsync(string lessonId, CancellationToken cancellationToken) =>
        db.LessonDocuments.Where(row => row.LessonId == lessonId).Skip(MostDocuments - 1).AnyAsync(cancellationToken);

    /// <summary>Slides are drawn by a worker; a file is ready as it is.</summary>
    /// <exception cref="LessonFileException">The file is not taken.</exception>
    public async Task<DocumentRow> AddFileAsync(string lessonId, DocumentKind kind, string name, Stream content, string? accountId, CancellationToken cancellationToken)
    {
        var id = Ids.New();
        var file = await files.SaveAsync(lessonId, Folder(id), content, LessonFileTypes.Pdf | LessonFileTypes.Picture, MostBytes, cancellationToken);
        var clean = Arrival.Clean(Path.GetFileName(name), LongestTitle);
        var row = new LessonDocument
        {
            Id = id,
            LessonId = lessonId,
            Kind = kind,
            Title = Path.GetFileNameWithoutExtension(clean) is { Length: > 0 } title ? title : "PDF",
            FileName = clean,
            ContentType = file.ContentType,
            Bytes = file.Bytes,
            State = kind == DocumentKind.Slides ? DocumentState.Waiting : DocumentState.Ready,
            Pages = file.Type == LessonFileTypes.Picture ? JsonSerializer.Serialize(new[] { new DocumentPage(file.Width, file.Height, "") }, JsonSerializerOptions.Web) : "[]",
            UploaderAccountId = accountId,
        };
        await AddAsync(row, kind == DocumentKind.Slides ? queue.NewJob(JobKinds.RenderSlides, id, priority: 10) : null, cancellationToken);
        return Row(row, job: null);
    }

    /// <returns>Null when it is not an address that a tablet may be sent to.</returns>
    public async Task<DocumentRow?> AddLinkAsync(string lessonId, LinkEdit link, string? accountId, CancellationToken cancellationToken)
    {
        if (link.Url is not { Length: > 0 and <= LongestUrl } || !Uri.TryCreate(link.Url.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return null;
        }

        var title = Arrival.Clean(link.Title, LongestTitle);
        var row = new LessonDocument { LessonId = lessonId, Kind = DocumentKind.Link, Title = title.Length > 0 ? title : url.Host, Url = url.AbsoluteUri, State = DocumentState.Ready, UploaderAccountId = accountId };
        await AddAsync(row, job: null, cancellationToken);
        return Row(row, job: null);
    }

    /// <summary>A new name, and another place among the others.</summary>
    public async Task<bool> EditAsync(string lessonId, string id, DocumentEdit edit, CancellationToken cancellationToken)
    {
        var rows = await Ordered(lessonId).ToListAsync(cancellationToken);
        if (rows.Find(row => row.Id == id) is not { } row)
        {
            return false;
        }

        row.Title = Arrival.Clean(edit.Title, LongestTitle) is { Length: > 0 } title ? title : row.Title;
        rows.Remove(row);
        rows.Insert(Math.Clamp(edit.Position, 0, rows.Count), row);
        for (var index = 0; index < rows.Count; index++)
        {
            rows[index].Position = index;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public async Task<bool> DeleteAsync(string lessonId, string id, CancellationToken cancellationToken)
    {
        if (await db.LessonDocuments.FirstOrDefaultAsync(row => row.LessonId == lessonId && row.Id == id, cancellationToken) is not { } row)
        {
            return false;
        }

        if (await JobQueue.FindActiveAsync(db, JobKinds.RenderSlides, id, cancellationToken) is { } job)
        {
            await queue.CancelAsync(job.Id, cancellationToken);
        }

        await db.LessonDocuments.Where(other => other.Id == row.Id).ExecuteDeleteAsync(cancellationToken);
        if (row.Kind != DocumentKind.Link)
        {
            await files.DeleteAsync(lessonId, Folder(id), cancellationToken);
        }

        return true;
    }

    /// <summary>Where a document's file and pages lie below its lesson.</summary>
    public static string Folder(string documentId) => $"documents/{documentId}";

    private async Task AddAsync(LessonDocument row, Job? job, CancellationToken cancellationToken)
    {
        row.CreatedAt = time.GetUtcNow().UtcDateTime;
        row.Position = await db.LessonDocuments.Where(other => other.LessonId == row.LessonId).MaxAsync(other => (int?)other.Position, cancellationToken) + 1 ?? 0;
        db.LessonDocuments.Add(row);
        if (job is not null)
        {
            db.Jobs.Add(job);
        }

        await db.SaveChangesAsync(cancellationToken);
        queue.Announce();
    }

    private IQueryable<LessonDocument> Ordered(string lessonId) =>
        db.LessonDocuments.Where(row => row.LessonId == lessonId).OrderBy(row => row.Position).ThenBy(row => row.Id);

    private DocumentRow Row(LessonDocument row, Job? job)
    {
        var isShown = row is { Kind: DocumentKind.Slides, State: DocumentState.Ready };
        return new DocumentRow(
            row.Id, row.Kind, row.Title, row.FileName, row.ContentType, row.Bytes, row.Url, row.State, row.Error,
            isShown ? DocumentSource.PagesOf(row) : [], row.Position, job?.Progress, job?.SecondsLeft,
            isShown ? files.LinkBelow(row.LessonId, Folder(row.Id) + "/pages", LinkLifetime) : null,
            row.Kind == DocumentKind.Link ? null : files.LinkTo(row.LessonId, Folder(row.Id) + "/original" + Extension(row.ContentType), LinkLifetime));
    }

    internal static string Extension(string contentType) => contentType switch
    {
        "application/pdf" => ".pdf",
        "image/png" => ".png",
        "image/webp" => ".webp",
        _ => ".jpg",
    };
}
