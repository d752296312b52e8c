using Classroom.Data;
using Classroom.Library.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Classroom.Benchmarks.Catalogue;

/// <summary>Fills a database with published courses: the first 25,000 by the way that publishing takes, the rest as copies of them, since what is measured is reading.</summary>
internal sealed class MadeCourses(IClassroomDbFactory databases, ICourseIndex index)
{
    public const int First = 25_000;
    private const int Batch = 1000;
    private const int Schools = 600;
    private const int Teachers = 5000;
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public async Task AddPeopleAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        db.Regions.Add(new Region { Id = "region", Name = "园区" });
        db.Schools.AddRange(Enumerable.Range(0, Schools).Select(i => new School { Id = $"school{i}", RegionId = "region", Name = $"第{i}实验学校", ShortName = $"{i}校" }));
        db.Accounts.Add(new Account { Id = "author", UserName = "author", DisplayName = "编辑", CreatedAt = Start });
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task AddFirstAsync(CancellationToken cancellationToken)
    {
        await using var reader = databases.Create();
        var nodes = await reader.CatalogueNodes.Where(node => node.Kind == NodeKind.Section).OrderBy(node => node.Id).Select(node => node.Id).ToListAsync(cancellationToken);
        var points = await reader.KnowledgePoints.OrderBy(point => point.Id).Select(point => point.Id).ToListAsync(cancellationToken);
        for (var from = 0; from < First; from += Batch)
        {
            await using var db = databases.Create();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var ids = new List<string>();
            for (var i = from; i < from + Batch; i++)
            {
                ids.Add(Add(db, i, nodes[i % nodes.Count], points[i % points.Count]));
            }

            await db.SaveChangesAsync(cancellationToken);
            await index.RefreshAsync(db, course => EF.Parameter(ids).Contains(course.Id), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <param name="copies">Of each of the first.</param>
    public async Task CopyAsync(int copies, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        for (var copy = 1; copy <= copies; copy++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await CopyRowsAsync<Rendition>(db, copy, cancellationToken, nameof(Rendition.Id), nameof(Rendition.MicroCourseId));
            await CopyRowsAsync<MicroCourse>(db, copy, cancellationToken, nameof(MicroCourse.Id), nameof(MicroCourse.RenditionId));
            await CopyRowsAsync<MicroCoursePoint>(db, copy, cancellationToken, nameof(MicroCoursePoint.MicroCourseId));
            await CopyRowsAsync<ShelfRow>(db, copy, cancellationToken, nameof(ShelfRow.CourseId));
            await CopyWordsAsync(db, copy, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await db.Database.ExecuteSqlRawAsync(
            db.Database.IsSqlite() ? "ANALYZE" : """SELECT setval(pg_get_serial_sequence('"CourseShelf"', 'Number'), (SELECT MAX("Number") FROM "CourseShelf"))""", cancellationToken);
        await db.Database.ExecuteSqlRawAsync(db.Database.IsSqlite() ? "PRAGMA wal_checkpoint(TRUNCATE)" : "ANALYZE", cancellationToken);
    }

    private static string Add(ClassroomDb db, int i, string nodeId, string pointId)
    {
        var (id, film) = ($"course{i:00000}", $"film{i:00000}");
        db.Renditions.Add(new Rendition
        {
            Id = film,
            MicroCourseId = id,
            HlsKey = $"courses/{id}/{film}/master.m3u8",
            Mp4Key = $"courses/{id}/{film}/film.mp4",
            CoverKey = $"courses/{id}/{film}/cover.jpg",
            StoryboardKey = $"courses/{id}/{film}/storyboard.jpg",
            StoryboardVttKey = $"courses/{id}/{film}/storyboard.vtt",
            DurationMs = 420_000,
            CreatedAt = Start,
        });
        db.MicroCourses.Add(new MicroCourse
        {
            Id = id,
            Title = Title(i),
            Description = $"{MadeCatalogue.Words[(i * 31) % MadeCatalogue.Words.Length]}的重点和难点，配有练习。",
            AuthorAccountId = "author",
            SchoolId = $"school{i % Schools}",
            TeacherName = $"教师{i % Teachers}",
            Type = (CourseType)(i % 20 == 0 ? 1 + (i / 20 % 5) : 0),
            NodeId = nodeId,
            State = CourseState.Published,
            RenditionId = film,
            CreatedAt = Start,
            UpdatedAt = Start,
            PublishedAt = Start.AddMinutes(i),
            Points = [new MicroCoursePoint { MicroCourseId = id, KnowledgePointId = pointId }],
        });
        return id;
    }

    /// <summary>Frequent words come ten times as often as rare ones.</summary>
    private static string Title(int i)
    {
        var random = new Random(i);
        string Word() => MadeCatalogue.Words[(int)(Math.Pow(random.NextDouble(), 2) * MadeCatalogue.Words.Length)];
        return $"{Word()}与{Word()}的{Word()} {i}";
    }

    private static Task CopyRowsAsync<T>(ClassroomDb db, int copy, CancellationToken cancellationToken, params string[] renamed)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var (columns, values) = (new List<string>(), new List<string>());
        foreach (var property in entity.GetProperties())
        {
            var column = $"\"{property.GetColumnName()}\"";
            columns.Add(column);
            values.Add(renamed.Contains(property.Name, StringComparer.Ordinal) ? $"{column} || '-{copy}'" : property.Name == nameof(ShelfRow.Number) ? $"{column} + {copy * First}" : column);
        }

        var key = columns.First(column => renamed.Any(name => column == $"\"{name}\""));
        var sql = $"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM \"{entity.GetTableName()}\" WHERE {key} NOT LIKE '%-%'";
        return db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
    }

    private static async Task CopyWordsAsync(ClassroomDb db, int copy, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "CourseSearch" SELECT "Number" + {copy * First}, "Grams" FROM "CourseSearch" WHERE "Number" <= {First}""", cancellationToken);
            return;
        }

        // FTS5 without content keeps no text to copy.
        var courses = await db.CourseShelf.Where(row => row.Number <= First).Join(db.MicroCourses, row => row.CourseId, course => course.Id, (row, course) => new { row.Number, course.Title, course.Description }).ToListAsync(cancellationToken);
        foreach (var course in courses)
        {
            await CourseSearchIndex.PutAsync(db, course.Number + (copy * First), course.Title, course.Description, cancellationToken);
        }
    }
}
