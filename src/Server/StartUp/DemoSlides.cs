using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Server.StartUp;

/// <summary>A small deck for the demo lesson, taken in as if its teacher had uploaded it; made by tools/DemoSlides.</summary>
internal static class DemoSlides
{
    private const string DocumentId = "demoslides";
    private const string LessonId = "demo";
    private const string Title = "方程的意义";
    private const long MostBytes = 2_000_000;

    /// <summary>Once: a deck that the demo's users deleted comes back with the next start, one that is there stays.</summary>
    public static async Task AddAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = services.GetRequiredService<IClassroomDbFactory>().Create();
        var isMissing = await db.Lessons.AnyAsync(lesson => lesson.Id == LessonId, cancellationToken)
            && !await db.LessonDocuments.AnyAsync(document => document.Id == DocumentId, cancellationToken);
        if (!isMissing)
        {
            return;
        }

        await using var deck = typeof(DemoSlides).Assembly.GetManifestResourceStream("seeds/slides.pdf")!;
        var file = await services.GetRequiredService<ILessonFiles>().SaveAsync(LessonId, $"documents/{DocumentId}", deck, LessonFileTypes.Pdf, MostBytes, cancellationToken);
        db.LessonDocuments.Add(new LessonDocument
        {
            Id = DocumentId,
            LessonId = LessonId,
            Kind = DocumentKind.Slides,
            Title = Title,
            FileName = Title + ".pdf",
            ContentType = file.ContentType,
            Bytes = file.Bytes,
            CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        });
        db.Jobs.Add(services.GetRequiredService<JobQueue>().NewJob(JobKinds.RenderSlides, DocumentId));
        await db.SaveChangesAsync(cancellationToken);
    }
}
