using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;

namespace Classroom.Library.Tests.Search;

public sealed class SqliteFacetTests() : FacetTests(TestProvider.Sqlite);

public sealed class PostgresFacetTests() : FacetTests(TestProvider.Postgres);

public abstract class FacetTests(TestProvider provider) : IAsyncLifetime
{
    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await SearchRows.AddAsync(_world);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Each_choice_tells_how_many_courses_it_would_find()
    {
        var facets = await FacetsAsync("");

        Assert.Equal(5, facets.Total);
        Assert.Equal("小学 3, 初中 2", Words(facets.Stages));
        Assert.Equal("五年级 3", Words(facets.Grades));
        Assert.Equal("数学 3", Words(facets.Subjects));
        Assert.Equal("Subject 3, Experiment 1, Review 1", string.Join(", ", facets.Types.Select(one => $"{one.Key} {one.Count}")));
        Assert.Equal("园区星海小学 4, 松桃实验小学 1", Words(facets.Schools));
        Assert.Equal("函数的概念 2, 方程的辨认 1", Words(facets.Points));
    }

    [Fact]
    public async Task A_chosen_value_narrows_all_counts_but_those_of_its_own_kind()
    {
        var facets = await FacetsAsync("stage=小学&type=Experiment");

        Assert.Equal(1, facets.Total);
        Assert.Equal("小学 1", Words(facets.Stages));
        Assert.Equal("Subject 2, Experiment 1", string.Join(", ", facets.Types.Select(one => $"{one.Key} {one.Count}")));
        Assert.Equal("园区星海小学 1", Words(facets.Schools));
    }

    [Fact]
    public async Task Words_and_choices_narrow_together_and_the_page_agrees_with_the_counts()
    {
        var facets = await FacetsAsync("text=函数&school=songtao");
        var page = await _world.As("student").GetAsync<CoursePage>("/api/courses?text=函数&school=songtao&stage=初中");

        Assert.Equal("初中 1", Words(facets.Stages));
        Assert.Equal("园区星海小学 1, 松桃实验小学 1", Words(facets.Schools));
        Assert.Equal("quadratic", Assert.Single(page.Cards).Id);
    }

    [Theory]
    [InlineData("方程", "Point p-equation, Node equation, Node unit, Course merged, Course equation")]
    [InlineData("星海", "School xinghai")]
    [InlineData("张", "Teacher 张老师")]
    [InlineData("二次", "Course quadratic")]
    [InlineData("", "")]
    [InlineData("？", "")]
    public async Task Who_types_is_offered_points_chapters_schools_teachers_and_titles(string text, string expected)
    {
        var found = await _world.As("student").GetAsync<Suggestion[]>($"/api/courses/suggest?text={Uri.EscapeDataString(text)}");

        Assert.Equal(expected, string.Join(", ", found.Select(one => $"{one.Kind} {one.Id}")));
    }

    [Fact]
    public async Task A_course_of_another_process_is_found_after_two_seconds()
    {
        await FacetsAsync("");
        await using var db = _world.Database.Create();
        WorldRows.AddPublished(db, "elsewhere", "别处", _world.Time.UtcNow);
        db.CourseShelf.Add(new ShelfRow { CourseId = "elsewhere", IsShown = true, ChangedAt = _world.Time.UtcNow, PublishedAt = _world.Time.UtcNow });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        _world.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(6, (await FacetsAsync("")).Total);
    }

    private static string Words(FacetValue[] values) => string.Join(", ", values.Select(one => $"{one.Name} {one.Count}"));

    private Task<CourseFacets> FacetsAsync(string query) => _world.As("student").GetAsync<CourseFacets>($"/api/courses/facets?{query}");
}
