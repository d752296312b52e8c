namespace Classroom.Data;

/// <summary>What a file may be; told by its content, never by its name.</summary>
[Flags]
public enum LessonFileTypes { Pdf = 1, Picture = 2 }

/// <param name="Name">Below the lesson, for example "documents/{id}/original.pdf".</param>
/// <param name="Type">The only type that it was let in as.</param>
/// <param name="Width">Of a picture, in pixels; 0 for a PDF.</param>
public sealed record LessonFile(string Name, LessonFileTypes Type, string ContentType, long Bytes, int Width, int Height);

/// <summary>
/// The files of lessons: what is handed out, the pages of slides, photos of answers; and those of micro-courses. They lie below "lessons/{lessonId}/" in
/// the object store and are fetched by signed links only.
/// </summary>
/// <remarks>Lesson ids, folders and names are made by us (letters, digits, '.', '_', '-', joined by '/'), never taken from a request.</remarks>
public interface ILessonFiles
{
    /// <summary>Takes a file in as "{folder}/original.{type}", after looking at what it is: PDF, JPEG, PNG or WebP.</summary>
    /// <param name="mostBytes">More is refused while it comes in.</param>
    /// <exception cref="LessonFileException">It is not what it should be; nothing is stored.</exception>
    Task<LessonFile> SaveAsync(string lessonId, string folder, Stream content, LessonFileTypes allowed, long mostBytes, CancellationToken cancellationToken);

    /// <summary>Deletes everything below the folder.</summary>
    Task DeleteAsync(string lessonId, string folder, CancellationToken cancellationToken);

    /// <returns>A path under which this file alone can be fetched until it expires.</returns>
    string LinkTo(string lessonId, string name, TimeSpan lifetime);

    /// <returns>A path, ending with '/', to which the names of files below the folder are appended.</returns>
    string LinkBelow(string lessonId, string folder, TimeSpan lifetime);
}

/// <summary>Whose files they are that belong to no lesson: names that no lesson has.</summary>
public static class FileOwners
{
    public static string Course(string courseId) => $"course-{courseId}";
}

/// <summary>A file that is not taken.</summary>
/// <param name="code">file_empty, file_too_large, file_type or bad_picture; pages translate it.</param>
public sealed class LessonFileException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
