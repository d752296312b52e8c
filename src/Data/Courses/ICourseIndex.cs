using System.Linq.Expressions;

namespace Classroom.Data;

/// <summary>The words by which published courses are found. Whoever renames what they carry (a school, a teacher) has them read again.</summary>
public interface ICourseIndex
{
    /// <summary>Reads the words of published courses again, as a part of the caller's transaction.</summary>
    /// <param name="which">The courses that carry the changed name.</param>
    Task RefreshAsync(ClassroomDb db, Expression<Func<MicroCourse, bool>> which, CancellationToken cancellationToken);

    /// <summary>Takes a course out of the catalogue, as a part of the caller's transaction.</summary>
    Task RemoveAsync(ClassroomDb db, string courseId, CancellationToken cancellationToken);
}
