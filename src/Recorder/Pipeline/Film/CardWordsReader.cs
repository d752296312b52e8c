using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Reads from the catalogue what a course's cards say.</summary>
internal sealed class CardWordsReader(IClassroomDbFactory databases)
{
    /// <summary>Deeper trees do not exist; a circle would not end.</summary>
    private const int Deepest = 12;

    public async Task<CardWords> ReadAsync(MicroCourse course, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var school = await db.Schools.Where(row => row.Id == course.SchoolId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
        return new CardWords(course.Title, await PathAsync(db, course.NodeId, cancellationToken), course.TeacherName ?? "", school ?? "");
    }

    private static async Task<string> PathAsync(ClassroomDb db, string? nodeId, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        for (var depth = 0; nodeId is not null && depth < Deepest; depth++)
        {
            var node = await db.CatalogueNodes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == nodeId, cancellationToken);
            if (node is { RedirectToId: null })
            {
                names.Add(node.Name);
            }

            nodeId = node?.RedirectToId ?? node?.ParentId;
        }

        names.Reverse();
        return string.Join(" › ", names);
    }
}
