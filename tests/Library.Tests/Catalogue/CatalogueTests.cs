using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;

namespace Classroom.Library.Tests.Catalogue;

public sealed class SqliteCatalogueTests() : CatalogueTests(TestProvider.Sqlite);

public sealed class PostgresCatalogueTests() : CatalogueTests(TestProvider.Postgres);

public abstract class CatalogueTests(TestProvider provider) : IAsyncLifetime
{
    private LibraryWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await using var db = _world.Database.Create();
        WorldRows.AddPublished(db, "one", "方程的意义", _world.Time.UtcNow, points: ["p-equation"]);
        WorldRows.AddPublished(db, "two", "方程", _world.Time.UtcNow, "old-equation", points: ["p-equation", "p-equality"]);
        WorldRows.AddPublished(db, "draft", "草稿", _world.Time.UtcNow, points: ["p-equation"]).State = Data.CourseState.Draft;
        await db.SaveChangesAsync();
        await _world.IndexAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_whole_tree_comes_in_the_order_of_the_book_with_published_courses_counted_upwards()
    {
        var tree = await _world.As("student").GetAsync<TreeNode[]>("/api/catalogue/tree");

        Assert.Equal(
            ["primary 2", "grade5 2", "maths 2", "unit 2", "equality 0", "equation 2", "secondary 0", "function 0"],
            tree.Select(node => $"{node.Id} {node.CourseCount}"));
        Assert.Equal(["equality", "equation", "function"], tree.Where(node => !node.HasChildren).Select(node => node.Id));
    }

    [Fact]
    public async Task The_tree_can_be_read_level_by_level()
    {
        Assert.Equal(["primary", "secondary"], await ChildrenAsync(""));
        Assert.Equal(["equality", "equation"], await ChildrenAsync("?parent=unit"));
        Assert.Empty(await ChildrenAsync("?parent=equation"));
        Assert.Equal("node_not_found", (await _world.As("student").RefusalAsync(HttpMethod.Get, "/api/catalogue/nodes?parent=missing")).Code);
    }

    [Theory]
    [InlineData("?node=unit", "p-equality 1 p-equation 2")]
    [InlineData("?node=old-equation", "p-equation 2")]
    [InlineData("?node=function", "p-function 0")]
    [InlineData("", "p-equality 1 p-equation 2 p-function 0")]
    public async Task Knowledge_points_of_a_node_are_those_of_all_below_it(string query, string expected)
    {
        var points = await _world.As("student").GetAsync<PointInfo[]>($"/api/catalogue/points{query}");

        Assert.Equal(expected, string.Join(' ', points.Select(point => $"{point.Id} {point.CourseCount}")));
    }

    [Fact]
    public async Task Nobody_sees_the_catalogue_without_signing_in()
    {
        Assert.Equal(401, await _world.Anonymous().StatusAsync(HttpMethod.Get, "/api/catalogue/tree"));
        Assert.Equal(401, await _world.Anonymous().StatusAsync(HttpMethod.Get, "/api/courses"));
    }

    private async Task<string[]> ChildrenAsync(string query) =>
        [.. (await _world.As("student").GetAsync<TreeNode[]>($"/api/catalogue/nodes{query}")).Select(node => node.Id)];
}
