using System.Diagnostics;
using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Search;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Search;

/// <summary>The size of a real district: run by `make long`. Prints its times; asserts only what is found.</summary>
[Trait("Category", "Long")]
public sealed class LargeCatalogueTests(ITestOutputHelper output)
{
    private const int Courses = 22_000;
    private static readonly string[] Topics = ["一次函数的图象", "二次函数的性质", "分数的意义", "方程的意义", "圆的面积", "光的折射", "植树问题", "勾股定理"];

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task Searches_in_22000_courses_find_them_all(TestProvider provider)
    {
        await using var world = await LibraryWorld.CreateAsync(provider);
        await FillAsync(world);
        var client = world.As("student");
        foreach (var (text, total) in new[] { ("函数", Courses / 4), ("函", Courses / 4), ("第21999讲 问题", 0), ("讲21999 勾股定理", 1), ("数学", Courses), ("", Courses) })
        {
            var path = $"/api/courses?node=primary&text={Uri.EscapeDataString(text)}";
            await client.GetAsync<CoursePage>(path);
            var times = new List<double>();
            for (var i = 0; i < 10; i++)
            {
                var watch = Stopwatch.StartNew();
                Assert.Equal(total, (await client.GetAsync<CoursePage>(path)).Total);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            output.WriteLine($"{provider} \"{text}\": {total} found, median {times.Order().ElementAt(5):0.0} ms");
        }
    }

    private static async Task FillAsync(LibraryWorld world)
    {
        for (var batch = 0; batch < Courses; batch += 1000)
        {
            await using var db = world.Database.Create();
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var courses = new List<MicroCourse>();
            for (var i = batch; i < batch + 1000; i++)
            {
                courses.Add(WorldRows.AddPublished(db, $"course{i:00000}", $"{Topics[i % Topics.Length]} 讲{i}", world.Time.UtcNow.AddMinutes(-i)));
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            foreach (var course in courses)
            {
                await CourseSearchIndex.PutAsync(db, course.Id, [course.Title, "小学 › 五年级 › 数学 › 人教版 › 上册"], TestContext.Current.CancellationToken);
            }

            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        // What autovacuum does by itself after a while.
        await using var last = world.Database.Create();
        await last.Database.ExecuteSqlRawAsync("ANALYZE", TestContext.Current.CancellationToken);
    }
}
