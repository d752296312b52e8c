using System.Diagnostics;
using System.Globalization;
using Classroom.Data;
using Classroom.Library;
using Classroom.Library.Catalogue;
using Classroom.Library.Catalogue.Tables;
using Classroom.Library.Contracts;
using Classroom.Library.Search;
using Classroom.Library.Shelves;
using Classroom.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Classroom.Benchmarks.Catalogue;

/// <summary>What the catalogue costs with 25,000 and a million courses: the whole request but HTTP, with the cards of its page.</summary>
public static class CatalogueBenchmark
{
    private const int Rounds = 120;

    public static async Task RunAsync(TestProvider provider, int courses, CancellationToken cancellationToken)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var services = Services(database);
        await FillAsync(services, database, provider, courses, cancellationToken);

        var before = Memory();
        var loaded = await TimedAsync(() => FindAsync(services, new Asked(), cancellationToken));
        Line(provider, courses, "first request, which reads the shelf", $"{loaded:0} ms, {(Memory() - before) / 1e6:0} MB kept");

        await MeasureAsync(provider, courses, "find by words", round => FindAsync(services, new Asked(Text: Text(round)), cancellationToken));
        await MeasureAsync(provider, courses, "find by one character", round => FindAsync(services, new Asked(Text: Text(round)[..1]), cancellationToken));
        await MeasureAsync(provider, courses, "find by choices", round => FindAsync(services, new Asked(Grade: round % 2 == 0 ? "五年级" : "高一", Subject: "数学", Page: 1 + (round % 5)), cancellationToken));
        await MeasureAsync(provider, courses, "counts of all choices", _ => FacetsAsync(services, new Asked(), cancellationToken));
        await MeasureAsync(provider, courses, "counts with words and choices", round => FacetsAsync(services, new Asked(Text: Text(round), Grade: "五年级"), cancellationToken));
        await MeasureAsync(provider, courses, "the whole tree with counts", _ => ScopedAsync<CatalogueReader>(services, reader => reader.WholeTreeAsync(cancellationToken)));
        await MeasureAsync(provider, courses, "suggestions", round => ScopedAsync<Suggestions>(services, suggestions => suggestions.FindAsync(Text(round)[..2], cancellationToken)));
    }

    /// <summary>More words than are kept: each is looked up in the full-text index.</summary>
    private static string Text(int round)
    {
        var (second, first) = Math.DivRem(round, MadeCatalogue.Words.Length);
        return second == 0 ? MadeCatalogue.Words[first] : $"{MadeCatalogue.Words[first]} {MadeCatalogue.Words[(first + second) % MadeCatalogue.Words.Length]}";
    }

    private static async Task FillAsync(ServiceProvider services, TestDatabase database, TestProvider provider, int courses, CancellationToken cancellationToken)
    {
        var made = new MadeCourses(database, services.GetRequiredService<ICourseIndex>());
        await made.AddPeopleAsync(cancellationToken);
        var csv = MadeCatalogue.Csv();
        var took = await TimedAsync(() => ScopedAsync<CatalogueImport>(
            services, import => import.RunAsync(csv, isJson: false, isDryRun: false, new Caller("author", AccountRole.Administrator, null), cancellationToken)));
        Line(provider, courses, "import of a catalogue of 25,000 lines", $"{took / 1000:0.0} s");
        took = await TimedAsync(() => made.AddFirstAsync(cancellationToken));
        Line(provider, courses, "25,000 courses made and indexed", $"{took / 1000:0.0} s");
        if (courses > MadeCourses.First)
        {
            await made.CopyAsync((courses / MadeCourses.First) - 1, cancellationToken);
            services.GetRequiredService<Shelf>().Forget();
        }
    }

    private static ServiceProvider Services(TestDatabase database)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IClassroomDbFactory>(database);
        services.AddScoped(_ => database.Create());
        services.AddSingleton<JobQueue>();
        services.AddSingleton<IMediaLinks, NoLinks>();
        services.AddLibrary();
        return services.BuildServiceProvider();
    }

    private static Task FindAsync(ServiceProvider services, Asked asked, CancellationToken cancellationToken) =>
        ScopedAsync<CourseSearch>(services, search => search.FindAsync(asked.ToQuery(), cancellationToken));

    private static Task FacetsAsync(ServiceProvider services, Asked asked, CancellationToken cancellationToken) =>
        ScopedAsync<CourseSearch>(services, search => search.FacetsAsync(asked.ToQuery(), cancellationToken));

    private static async Task ScopedAsync<T>(ServiceProvider services, Func<T, Task> act)
        where T : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    private static async Task MeasureAsync(TestProvider provider, int courses, string what, Func<int, Task> act)
    {
        var times = new List<double>();
        for (var round = -5; round < Rounds; round++)
        {
            var took = await TimedAsync(() => act(Math.Abs(round)));
            if (round >= 0)
            {
                times.Add(took);
            }
        }

        times.Sort();
        Line(provider, courses, what, $"p50 {times[Rounds / 2]:0.0} ms, p95 {times[Rounds * 95 / 100]:0.0} ms");
    }

    private static async Task<double> TimedAsync(Func<Task> act)
    {
        var start = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static void Line(TestProvider provider, int courses, string what, FormattableString measured) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"catalogue: {provider} | {courses} | {what} | {measured.ToString(CultureInfo.InvariantCulture)}"));

    private sealed record Asked(string? Text = null, string? Grade = null, string? Subject = null, int Page = 1)
    {
        public CourseQuery ToQuery() => new(Text, null, null, null, null, null, Grade, Subject, null, Page);
    }

    private sealed class NoLinks : IMediaLinks
    {
        public string Issue(string prefix, TimeSpan lifetime) => $"/media/{prefix}";

        public string IssueFile(string key, TimeSpan lifetime) => $"/media/{key}";
    }
}
