namespace Classroom.Data;

/// <summary>Pictures that editors choose as covers of micro-courses.</summary>
public interface ICourseCovers
{
    /// <summary>Takes a JPEG, PNG or WebP in, after looking at what it is.</summary>
    /// <returns>The name by which an edit list names it (<see cref="EditCover.File"/>).</returns>
    /// <exception cref="LessonFileException">It is not what it should be; nothing is stored.</exception>
    Task<string> SaveAsync(string courseId, Stream content, long mostBytes, CancellationToken cancellationToken);

    /// <summary>Whether it was taken in for this course.</summary>
    Task<bool> ExistsAsync(string courseId, string name, CancellationToken cancellationToken);

    /// <returns>A path under which it can be fetched until it expires.</returns>
    string LinkTo(string courseId, string name, TimeSpan lifetime);
}
