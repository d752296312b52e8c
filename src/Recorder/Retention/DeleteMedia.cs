using Classroom.Data;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Drafts;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Retention;

/// <summary>
/// The second half of a deletion: every file of it, in the store and in the spool. What it takes is counted once, before the first
/// file goes; a killed worker's successor goes on deleting and counts nothing again.
/// </summary>
internal sealed class DeleteMedia(IClassroomDbFactory databases, IObjectStore store, LessonDrafts drafts, IOptions<RecorderOptions> options, TimeProvider time) : IJobHandler
{
    private readonly string _spool = Path.GetFullPath(options.Value.SpoolFolder);

    public string Kind => JobKinds.DeleteMedia;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var record = await db.DeletionRecords.FirstOrDefaultAsync(row => row.Id == context.Job.SubjectId, cancellationToken)
            ?? throw new PipelineException("There is no such deletion.", retry: false);
        if (record.DoneAt is not null)
        {
            return;
        }

        var prefixes = await PrefixesAsync(db, record, cancellationToken);
        var spool = record.Kind is RetentionKind.MicroCourse ? null : new DirectoryInfo(Path.Combine(_spool, record.SubjectId));
        if (record.CountedAt is null)
        {
            var amount = Measure(spool);
            foreach (var prefix in prefixes)
            {
                amount += await store.MeasureAsync(prefix, cancellationToken);
            }

            (record.Bytes, record.Objects, record.CountedAt) = (amount.Bytes, amount.Objects, time.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(cancellationToken);
        }

        foreach (var (index, prefix) in prefixes.Index())
        {
            context.Report((double)index / prefixes.Count, "delete");
            await store.DeletePrefixAsync(prefix, cancellationToken);
        }

        drafts.Forget(record.SubjectId);
        if (spool is { Exists: true })
        {
            spool.Delete(recursive: true);
        }

        record.DoneAt = time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Film and exports, pieces, package.</summary>
    public static List<string> PrefixesOfCourse(string id) => [$"courses/{id}/", PieceStore.Of(id), LessonFiles.Of(FileOwners.Course(id))];

    private static async Task<List<string>> PrefixesAsync(ClassroomDb db, DeletionRecord record, CancellationToken cancellationToken)
    {
        if (record.Kind is RetentionKind.MicroCourse)
        {
            return PrefixesOfCourse(record.SubjectId);
        }

        // Pieces are made of the recording; the films that were made of them are the courses' own.
        var courses = await db.MicroCourses.Where(course => course.LessonId == record.SubjectId).Select(course => course.Id).ToListAsync(cancellationToken);
        return [$"recordings/{record.SubjectId}/", .. courses.Select(PieceStore.Of)];
    }

    private static StoredAmount Measure(DirectoryInfo? folder)
    {
        var files = folder is { Exists: true } ? folder.GetFiles("*", SearchOption.AllDirectories) : [];
        return new StoredAmount(files.Sum(file => file.Length), files.Length);
    }
}
