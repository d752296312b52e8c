using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Live;

/// <summary>Finds a child by name among the classes that sit in a lesson.</summary>
internal sealed class Roster(IClassroomDbFactory databases)
{
    /// <param name="pupilId">The seat that was chosen; null: the first of that name.</param>
    public async Task<PupilMatch?> FindAsync(string lessonId, string name, string? pupilId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await (
            from link in db.LessonClassrooms
            join pupil in db.Pupils on link.SchoolClassId equals pupil.SchoolClassId
            where link.LessonId == lessonId && pupil.Name == name && (pupilId == null || pupil.Id == pupilId)
            orderby pupil.Number
            select new PupilMatch(pupil.Id, link.ClassroomId, pupil.MayNotBeRecorded)).FirstOrDefaultAsync(cancellationToken);
    }
}
