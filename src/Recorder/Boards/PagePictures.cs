using Classroom.Recorder.Documents;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using SkiaSharp;

namespace Classroom.Recorder.Boards;

/// <summary>The pictures of a lesson's pages, as they were drawn for its screens.</summary>
internal sealed class PagePictures(IObjectStore store)
{
    private const int Width = 1920;

    /// <param name="surface">A page of a document.</param>
    /// <exception cref="PipelineException">It is gone, or no picture.</exception>
    public async Task<SKImage> LoadAsync(string lessonId, Surface surface, CancellationToken cancellationToken)
    {
        var key = $"{LessonFiles.FolderOf(lessonId, $"documents/{surface.DocumentId}")}pages/{PageDrawing.NameOf(surface.Page, Width)}";
        await using var source = await store.OpenReadAsync(key, 0, null, cancellationToken) ?? throw Broken(surface);
        using var content = new MemoryStream();
        await source.CopyToAsync(content, cancellationToken);
        return SKImage.FromEncodedData(content.ToArray()) ?? throw Broken(surface);
    }

    private static PipelineException Broken(Surface surface) => new($"The picture of {surface.Name} is gone or broken.", retry: false, code: "source_missing");
}
