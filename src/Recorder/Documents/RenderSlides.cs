using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Documents;

/// <summary>An uploaded PDF or picture becomes pages that every screen of a lesson can show. Repeating it makes the same pages again.</summary>
internal sealed class RenderSlides(IClassroomDbFactory databases, IObjectStore store, PdfReader pdf, PageDrawing drawing, TimeProvider time) : IJobHandler
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    public string Kind => JobKinds.RenderSlides;

    // A teacher before the bell must not wait for last week's films.
    public bool IsQuick => true;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var document = await FindAsync(context.Job.SubjectId, cancellationToken);
        if (document is null)
        {
            return; // Deleted while it waited.
        }

        try
        {
            var pages = await DrawAsync(document, context, cancellationToken);
            await TellAsync(document, DocumentState.Ready, null, JsonSerializer.Serialize(pages, JsonSerializerOptions.Web), cancellationToken);
        }
        catch (DocumentException bad)
        {
            await TellAsync(document, DocumentState.Failed, bad.Code, "[]", cancellationToken);
            throw new PipelineException(bad.Message, retry: false, bad);
        }
    }

    private async Task<IReadOnlyList<PageShape>> DrawAsync(LessonDocument document, JobContext context, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        context.Report(0, "reading");
        var source = await FetchAsync(document, context.WorkFolder, cancellationToken);
        var isPdf = Path.GetExtension(source) == ".pdf";
        var pages = isPdf ? await pdf.ReadAsync(source, cancellationToken) : [document.PictureShape()];
        for (var page = 1; page <= pages.Count; page++)
        {
            context.Report((page - 1.0) / pages.Count, "pages");
            var files = isPdf
                ? await drawing.DrawAsync(source, page, pages[page - 1], context.WorkFolder, cancellationToken)
                : await drawing.ScaleAsync(source, page, context.WorkFolder, cancellationToken);
            await KeepAsync(document, files, cancellationToken);
            if (time.GetElapsedTime(started) > Limit)
            {
                throw PdfReader.TooHeavy();
            }
        }

        return pages;
    }

    private async Task KeepAsync(LessonDocument document, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await store.PutFileAsync($"{document.FolderKey()}pages/{Path.GetFileName(file)}", file, cancellationToken);
            File.Delete(file);
        }
    }

    // In place where the store is a folder; a worker beside a remote store copies it first.
    private async Task<string> FetchAsync(LessonDocument document, string folder, CancellationToken cancellationToken)
    {
        var key = document.OriginalKey();
        if (store.LocalPath(key) is { } local && File.Exists(local))
        {
            return local;
        }

        await using var from = await store.OpenReadAsync(key, 0, null, cancellationToken) ?? throw new PipelineException("The uploaded file is gone.", retry: false);
        var path = Path.Combine(folder, Path.GetFileName(key));
        await using var to = File.Create(path);
        await from.CopyToAsync(to, cancellationToken);
        return path;
    }

    private async Task<LessonDocument?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await db.LessonDocuments.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    private async Task TellAsync(LessonDocument document, DocumentState state, string? error, string pages, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var changed = await db.LessonDocuments.Where(row => row.Id == document.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.Error, error).SetProperty(row => row.Pages, pages), cancellationToken);
        if (changed == 0)
        {
            // Deleted while its pages were drawn: they have no owner.
            await store.DeletePrefixAsync(document.FolderKey(), cancellationToken);
        }
    }
}
