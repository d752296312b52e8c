using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Recorder.Contracts;
using Classroom.Recorder.Http;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Uploads;

/// <summary>How far an upload is, or why it goes no further.</summary>
internal readonly record struct UploadStep(long Offset, long Bytes, ApiProblem? Problem = null);

/// <summary>Takes films in, in as many pieces and over as many days as it takes.</summary>
internal sealed class UploadDesk(ClassroomDb db, UploadFiles files, JobQueue queue, TimeProvider time)
{
    /// <summary>10 GB: a morning in 1080p.</summary>
    public const long MostBytes = 10_000_000_000;
    private const int MostOpen = 10;
    private const int MostRows = 50;
    private const int LongestTitle = 100;
    private const int LongestName = 200;

    /// <summary>The disk is for lessons first, and the film is written once more when it is read in.</summary>
    private const long SpareBytes = 5_000_000_000;
    private static readonly TimeSpan KeptUnfinished = TimeSpan.FromDays(7);

    private static ApiProblem NotFound => ApiProblem.NotFound("upload_not_found", "There is no such upload, or it is not yours.");

    public static bool MayUpload(Caller caller) => caller.Is(AccountRole.Teacher, AccountRole.Editor, AccountRole.Administrator);

    public async Task<(string? Id, ApiProblem? Problem)> CreateAsync(Caller caller, long bytes, string title, string fileName, DateTime? recordedAt, CancellationToken cancellationToken)
    {
        if (bytes is <= 0 or > MostBytes)
        {
            return (null, new ApiProblem(413, "upload_too_large", $"A film has at most {MostBytes / 1_000_000_000} GB, and at least a byte."));
        }

        if (title.Length is 0 or > LongestTitle || fileName.Length > LongestName)
        {
            return (null, ApiProblem.BadRequest("invalid", "Some fields are not right.", new ApiProblemField("title", $"A title has 1 to {LongestTitle} characters.")));
        }

        var now = time.GetUtcNow().UtcDateTime;
        await ForgetOldAsync(now - KeptUnfinished, cancellationToken);
        if (await db.MediaUploads.CountAsync(row => row.AccountId == caller.AccountId && row.State == UploadState.Receiving, cancellationToken) >= MostOpen)
        {
            return (null, ApiProblem.Conflict("too_many_uploads", $"{MostOpen} uploads are not finished yet. Finish or remove one first."));
        }

        if (files.FreeBytes() < (2 * bytes) + SpareBytes)
        {
            return (null, new ApiProblem(507, "disk_full", "There is no room for this film."));
        }

        var upload = new MediaUpload
        {
            Title = title,
            FileName = fileName,
            Bytes = bytes,
            AccountId = caller.AccountId,
            CreatedAt = now,
            RecordedAt = recordedAt is { } at && at < now ? at : now,
        };
        files.Create(upload.Id);
        db.MediaUploads.Add(upload);
        await db.SaveChangesAsync(cancellationToken);
        return (upload.Id, null);
    }

    public async Task<UploadInfo[]> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var rows = await Of(caller).AsNoTracking().OrderByDescending(row => row.CreatedAt).Take(MostRows).ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.Id);
        var work = await db.Jobs.AsNoTracking().Where(job => job.Kind == JobKinds.IngestFile && ids.Contains(job.SubjectId) && (job.State == JobState.Queued || job.State == JobState.Running)).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new UploadInfo(
            row.Id, row.Title, row.FileName, row.Bytes, row.State is UploadState.Receiving ? files.LengthOf(row.Id) : row.Bytes, row.State, row.Error, row.CreatedAt,
            work.Find(job => job.SubjectId == row.Id) is { } job ? RecorderEndpoints.Info(job) : null))];
    }

    /// <summary>How much has come. One that came whole just before a kill is handed on now.</summary>
    public async Task<UploadStep> OffsetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await FindAsync(caller, id, cancellationToken) is { } upload ? await AtAsync(upload, cancellationToken) : new UploadStep(0, 0, NotFound);

    /// <summary>Takes the next piece, which begins where the last one ended.</summary>
    public async Task<UploadStep> AppendAsync(Caller caller, string id, long offset, Stream content, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } upload)
        {
            return new UploadStep(0, 0, NotFound);
        }

        using var turn = files.TryLock(id);
        if (turn is null)
        {
            return new UploadStep(0, upload.Bytes, new ApiProblem(423, "upload_busy", "A piece of this film is just coming in."));
        }

        if (upload.State is not UploadState.Receiving || files.LengthOf(id) != offset)
        {
            return new UploadStep(files.LengthOf(id), upload.Bytes, ApiProblem.Conflict("upload_offset", "The next piece begins somewhere else: ask where."));
        }

        return await files.AppendAsync(id, content, upload.Bytes, cancellationToken)
            ? await AtAsync(upload, cancellationToken)
            : new UploadStep(files.LengthOf(id), upload.Bytes, ApiProblem.BadRequest("upload_offset", "More has come than was announced."));
    }

    /// <summary>Removes an upload from the list; what became a recording stays.</summary>
    public async Task<ApiProblem?> DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } upload)
        {
            return NotFound;
        }

        using var turn = files.TryLock(id);
        if (turn is null || upload.State is UploadState.Waiting)
        {
            return new ApiProblem(423, "upload_busy", "This film is just being read in.");
        }

        db.MediaUploads.Remove(upload);
        await db.SaveChangesAsync(cancellationToken);
        files.Delete(id);
        return null;
    }

    private Task<MediaUpload?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Of(caller).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    // What came out of the watched folder is the administrators' business.
    private IQueryable<MediaUpload> Of(Caller caller)
    {
        var isAdministrator = caller.Is(AccountRole.Administrator);
        return db.MediaUploads.Where(row => row.AccountId == caller.AccountId || (isAdministrator && row.AccountId == null));
    }

    private async Task<UploadStep> AtAsync(MediaUpload upload, CancellationToken cancellationToken)
    {
        if (upload.State is not UploadState.Receiving)
        {
            return new UploadStep(upload.Bytes, upload.Bytes);
        }

        var offset = files.LengthOf(upload.Id);
        if (offset == upload.Bytes)
        {
            upload.State = UploadState.Waiting;
            await db.SaveChangesAsync(cancellationToken);
            await queue.EnqueueAsync(JobKinds.IngestFile, upload.Id, priority: 5, cancellationToken: cancellationToken);
        }

        return new UploadStep(offset, upload.Bytes);
    }

    private async Task ForgetOldAsync(DateTime before, CancellationToken cancellationToken)
    {
        foreach (var upload in await db.MediaUploads.Where(row => row.State == UploadState.Receiving && row.CreatedAt < before).ToListAsync(cancellationToken))
        {
            db.MediaUploads.Remove(upload);
            files.Delete(upload.Id);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
