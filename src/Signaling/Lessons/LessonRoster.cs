using Classroom.Data;
using Classroom.Signaling.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons;

/// <summary>The children of the classes that sit in a lesson.</summary>
internal sealed class LessonRoster(IClassroomDbFactory databases)
{
    private const int MostPupils = 2_000;

    public async Task<RosterPupil[]> ReadAsync(string lessonId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var pupils = await (
            from link in db.LessonClassrooms
            join pupil in db.Pupils on link.SchoolClassId equals pupil.SchoolClassId
            join schoolClass in db.Classes on pupil.SchoolClassId equals schoolClass.Id
            join school in db.Schools on schoolClass.SchoolId equals school.Id
            where link.LessonId == lessonId
            orderby link.IsHost descending, link.ClassroomId
            select new RosterPupil(pupil.Id, pupil.Number, pupil.Name, link.ClassroomId, schoolClass.Name, school.Name, school.ShortName))
            .Take(MostPupils).ToListAsync(cancellationToken);

        // Seat numbers are text: 2 comes before 10.
        return [.. pupils.Select((pupil, place) => (pupil, place)).OrderBy(row => pupils.FindIndex(first => first.ClassroomId == row.pupil.ClassroomId))
            .ThenBy(row => row.pupil.Number.Length).ThenBy(row => row.pupil.Number, StringComparer.Ordinal).Select(row => row.pupil)];
    }
}
