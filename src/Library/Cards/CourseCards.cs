using System.Linq.Expressions;
using Classroom.Data;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Cards;

/// <summary>Turns courses into cards: two queries for any number of them.</summary>
internal sealed class CourseCards(ClassroomDb db, CatalogueTrees trees, IMediaLinks links, TimeProvider time)
{
    /// <summary>Reads the cards of a query that is already filtered, ordered and cut to a page.</summary>
    public async Task<CourseCard[]> ReadAsync(IQueryable<MicroCourse> courses, CancellationToken cancellationToken)
    {
        // In one query SQLite would put together the points of all courses there are before it looks which are wanted.
        var rows = await courses.AsNoTracking().AsSplitQuery().Select(Row).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var tree = await trees.GetAsync(db, cancellationToken);
        return [.. rows.Select(row => ToCard(row, tree))];
    }

    private static readonly Expression<Func<MicroCourse, CardRow>> Row = course => new CardRow
    {
        Id = course.Id,
        Title = course.Title,
        TeacherName = course.TeacherName ?? course.Author!.DisplayName,
        SchoolName = course.School!.Name,
        Type = course.Type,
        State = course.State,
        DurationMs = course.Rendition!.DurationMs,
        CoverKey = course.Rendition!.CoverKey,
        EditJson = course.RenditionId == null ? course.EditJson : null,
        NodeId = course.NodeId,
        Points = course.Points.OrderBy(link => link.KnowledgePoint!.Order).ThenBy(link => link.KnowledgePointId)
            .Select(link => new PointRef(link.KnowledgePointId, link.KnowledgePoint!.Name)).ToList(),
        PublishedAt = course.PublishedAt,
        Plays = course.Plays,
        Level = course.ApprovedLevel,
        Award = course.Award,
    };

    private CourseCard ToCard(CardRow row, CatalogueTree tree) => new(
        row.Id,
        row.Title,
        row.TeacherName,
        row.SchoolName ?? "",
        row.Type,
        row.State,
        row.DurationMs ?? EditList.Parse(row.EditJson ?? "{}").DurationMs,
        row.CoverKey is null ? null : links.IssueFile(row.CoverKey, CoverLifetime()),
        tree.PathOf(row.NodeId),
        [.. row.Points],
        row.PublishedAt,
        row.Plays,
        row.Level,
        row.Award);

    /// <summary>One to two hours, ending with a full hour: within the hour the address stays the same and the browser's cache serves it.</summary>
    private TimeSpan CoverLifetime()
    {
        var now = time.GetUtcNow();
        return TimeSpan.FromHours(2) - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerHour);
    }

    private sealed class CardRow
    {
        public required string Id { get; init; }
        public required string Title { get; init; }
        public required string TeacherName { get; init; }
        public string? SchoolName { get; init; }
        public CourseType Type { get; init; }
        public CourseState State { get; init; }
        public long? DurationMs { get; init; }
        public string? CoverKey { get; init; }
        public string? EditJson { get; init; }
        public string? NodeId { get; init; }
        public required List<PointRef> Points { get; init; }
        public DateTime? PublishedAt { get; init; }
        public long Plays { get; init; }
        public ReviewLevel? Level { get; init; }
        public AwardLevel? Award { get; init; }
    }
}
