using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Packages;

/// <summary>The files beside a film: courseware, lesson plan, task sheet, exercises. Told by their content, fetched by links that are signed and expire.</summary>
internal sealed class CoursePackage(ClassroomDb db, CourseLoader loader, ILessonFiles files, TimeProvider time)
{
    public const long MostBytes = 64_000_000;
    private const int MostFiles = 30;
    private const int LongestName = 120;
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(2);

    public async Task<Reply<CourseFileInfo[]>> ReadAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, (one, course) => course.State == CourseState.Published || CourseRights.MaySeeDraft(one, course), cancellationToken);
        return found.Value is null ? found.Problem! : await AllAsync(id, cancellationToken);
    }

    /// <exception cref="LessonFileException">It is not what it should be; nothing is stored.</exception>
    public async Task<Reply<CourseFileInfo[]>> AddAsync(string id, CourseFileKind kind, string? name, Stream content, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is null)
        {
            return found.Problem!;
        }

        var called = name?.Trim() ?? "";
        if (called.Length is 0 or > LongestName || !Enum.IsDefined(kind))
        {
            return Problems.Invalid([new ApiProblemField("name", $"A file's name has 1 to {LongestName} characters.")]);
        }

        if (await db.CourseFiles.CountAsync(file => file.MicroCourseId == id, cancellationToken) >= MostFiles)
        {
            return Problems.TooManyFiles;
        }

        var row = new CourseFile { MicroCourseId = id, Kind = kind, Name = called, ObjectKey = "", UploaderAccountId = caller.AccountId, CreatedAt = time.GetUtcNow().UtcDateTime };
        var stored = await files.SaveAsync(FileOwners.Course(id), $"files/{row.Id}", content, LessonFileTypes.Pdf | LessonFileTypes.Picture, MostBytes, cancellationToken);
        (row.ObjectKey, row.Bytes) = (stored.Name, stored.Bytes);
        db.CourseFiles.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return await AllAsync(id, cancellationToken);
    }

    public async Task<Reply<CourseFileInfo[]>> RemoveAsync(string id, string fileId, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is null)
        {
            return found.Problem!;
        }

        if (await db.CourseFiles.Where(file => file.Id == fileId && file.MicroCourseId == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return Problems.FileNotFound;
        }

        await files.DeleteAsync(FileOwners.Course(id), $"files/{fileId}", cancellationToken);
        return await AllAsync(id, cancellationToken);
    }

    private async Task<CourseFileInfo[]> AllAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await db.CourseFiles.AsNoTracking().Where(file => file.MicroCourseId == id).OrderBy(file => file.CreatedAt).ThenBy(file => file.Id).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(file => file.Kind).Select(file => new CourseFileInfo(file.Id, file.Kind, file.Name, file.Bytes, files.LinkTo(FileOwners.Course(id), file.ObjectKey, LinkLife)))];
    }
}
