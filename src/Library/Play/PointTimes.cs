using System.Text.Json;
using Classroom.Data;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Play;

/// <summary>When a film comes to each of its knowledge points: by the marks that the teacher made in the lesson.</summary>
internal sealed class PointTimes(ClassroomDb db)
{
    private const int MostMarks = 500;

    /// <summary>The points of the course, those with a time first, in the order of the film.</summary>
    public async Task<PointTime[]> ReadAsync(MicroCourse course, CancellationToken cancellationToken)
    {
        var times = new Dictionary<string, long>(StringComparer.Ordinal);
        if (course.LessonId is not null)
        {
            var edit = EditList.Parse(course.EditJson);
            var marks = await db.Timeline.AsNoTracking().Where(e => e.LessonId == course.LessonId && e.Kind == "mark")
                .OrderBy(e => e.Seq).Select(e => new { e.At, e.Body }).Take(MostMarks).ToListAsync(cancellationToken);
            foreach (var mark in marks)
            {
                if (PointOf(mark.Body) is { } point && FilmClock.ToFilm(edit, mark.At) is { } atMs)
                {
                    times.TryAdd(point, atMs);
                }
            }
        }

        return [.. course.Points
            .Select(link => new PointTime(link.KnowledgePointId, link.KnowledgePoint!.Name, times.TryGetValue(link.KnowledgePointId, out var at) ? at : null))
            .OrderBy(point => point.AtMs is null).ThenBy(point => point.AtMs)];
    }

    private static string? PointOf(string markBody)
    {
        using var body = JsonDocument.Parse(markBody);
        return body.RootElement.TryGetProperty("knowledgePointId", out var id) ? id.GetString() : null;
    }
}
