using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;

namespace Classroom.Library.Tests.Catalogue;

public sealed class SqliteCatalogueEditingTests() : CatalogueEditingTests(TestProvider.Sqlite);

public sealed class PostgresCatalogueEditingTests() : CatalogueEditingTests(TestProvider.Postgres);

public abstract class CatalogueEditingTests(TestProvider provider) : IAsyncLifetime
{
    private const string Nodes = "/api/admin/catalogue/nodes";
    private const string Points = "/api/admin/catalogue/points";

    private LibraryWorld _world = null!;

    private Client Admin => _world.As("admin");

    public async ValueTask InitializeAsync()
    {
        _world = await LibraryWorld.CreateAsync(provider);
        await using var db = _world.Database.Create();
        WorldRows.AddPublished(db, "one", "方程的意义", _world.Time.UtcNow, points: ["p-equation"]);
        WorldRows.AddPublished(db, "two", "等式", _world.Time.UtcNow, "equality", points: ["p-equality"]);
        await db.SaveChangesAsync();
        await _world.IndexAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_second_edition_stands_beside_the_first_and_an_old_one_is_retired_with_its_courses_still_found()
    {
        var edition = await Admin.PostAsync<TreeNode>(Nodes, new NodeCreate("maths", NodeKind.Edition, "苏教版", "2024 审定"));
        await Admin.PutAsync<TreeNode>($"{Nodes}/unit", new NodeEdit("简易方程", "", IsRetired: true));

        var tree = await _world.As("student").GetAsync<TreeNode[]>("/api/catalogue/tree");
        Assert.Equal("2024 审定", tree.Single(node => node.Id == edition.Id).Version);
        Assert.True(tree.Single(node => node.Id == "unit").IsRetired);
        Assert.Equal(2, (await FindAsync("node=unit")).Total);
    }

    [Fact]
    public async Task A_moved_branch_keeps_its_links_and_is_found_by_its_new_place()
    {
        await Admin.PostAsync<TreeNode>($"{Nodes}/unit/move", new NodeMove("secondary", BeforeId: "function"));

        Assert.Equal(2, (await FindAsync("node=secondary")).Total);
        Assert.Equal(2, (await FindAsync("node=unit")).Total);
        Assert.Equal(0, (await FindAsync("node=maths")).Total);
        Assert.Equal(2, (await FindAsync("stage=初中")).Total);
        Assert.Equal(2, (await FindAsync("text=初中")).Total);
        var tree = await _world.As("student").GetAsync<TreeNode[]>("/api/catalogue/nodes?parent=secondary");
        Assert.Equal(["unit", "function"], tree.Select(node => node.Id));
    }

    [Fact]
    public async Task Merged_branches_become_one_and_every_old_link_leads_there()
    {
        var unit = await Admin.PostAsync<TreeNode>(Nodes, new NodeCreate("maths", NodeKind.Unit, "方程初步"));
        var twin = await Admin.PostAsync<TreeNode>(Nodes, new NodeCreate(unit.Id, NodeKind.Section, "方程的意义"));
        var other = await Admin.PostAsync<TreeNode>(Nodes, new NodeCreate(unit.Id, NodeKind.Section, "解方程"));
        var point = await Admin.PostAsync<PointInfo>(Points, new PointCreate(twin.Id, "方程的辨认"));

        Assert.Equal(204, await Admin.StatusAsync(HttpMethod.Post, $"{Nodes}/unit/merge", new CatalogueMerge(unit.Id)));

        foreach (var old in new[] { "unit", "equation", "old-equation", unit.Id, twin.Id })
        {
            Assert.Contains("one", (await FindAsync($"node={old}")).Cards.Select(card => card.Id));
        }

        Assert.Equal("one", Assert.Single((await FindAsync($"point={point.Id}")).Cards).Id);
        Assert.Equal("one", Assert.Single((await FindAsync("point=p-equation")).Cards).Id);
        var tree = await _world.As("student").GetAsync<TreeNode[]>($"/api/catalogue/nodes?parent={unit.Id}");
        Assert.Equal([twin.Id, other.Id, "equality"], tree.Select(node => node.Id));
        Assert.Equal("小学 › 五年级 › 数学 › 方程初步 › 方程的意义", Assert.Single((await FindAsync("point=p-equation")).Cards).NodePath);
    }

    [Fact]
    public async Task A_point_knows_what_is_learned_before_it_and_never_itself()
    {
        Assert.Equal(204, await Admin.StatusAsync(HttpMethod.Put, $"{Points}/p-equation", new PointEdit("equation", "方程的辨认", ["p-equality"])));
        Assert.Equal("needs_itself", (await Admin.RefusalAsync(HttpMethod.Put, $"{Points}/p-equality", new PointEdit("equality", "等式的性质一", ["p-equation"]))).Code);

        var points = await _world.As("student").GetAsync<PointInfo[]>("/api/catalogue/points?node=equation");
        Assert.Equal("p-equality", Assert.Single(Assert.Single(points).Needs).Id);
    }

    [Fact]
    public async Task Merged_points_count_their_courses_together()
    {
        Assert.Equal(204, await Admin.StatusAsync(HttpMethod.Post, $"{Points}/p-equation/merge", new CatalogueMerge("p-equality")));

        var points = await _world.As("student").GetAsync<PointInfo[]>("/api/catalogue/points?node=unit");
        Assert.Equal(("p-equality", 2), (Assert.Single(points).Id, points[0].CourseCount));
        Assert.Equal(2, (await FindAsync("point=p-equation")).Total);
    }

    [Theory]
    [InlineData("POST", "", "nothing", "node_not_found")]
    [InlineData("POST", "", "equation", "wrong_level")]
    [InlineData("POST", "", "maths", "name_taken")]
    [InlineData("DELETE", "/unit", "", "node_in_use")]
    [InlineData("DELETE", "/nothing", "", "node_not_found")]
    [InlineData("POST", "/unit/move", "equation", "wrong_level")]
    [InlineData("POST", "/unit/merge", "equation", "wrong_level")]
    [InlineData("POST", "/unit/merge", "unit", "wrong_level")]
    [InlineData("PUT", "/equality", "方程的意义", "name_taken")]
    [InlineData("PUT", "/equality", "", "invalid")]
    public async Task What_would_break_the_tree_is_refused(string method, string path, string argument, string code)
    {
        object body = (method, path) switch
        {
            ("POST", "") => new NodeCreate(argument, NodeKind.Unit, "简易方程"),
            ("PUT", _) => new NodeEdit(argument, "", IsRetired: false),
            (_, "/unit/move") => new NodeMove(argument, null),
            _ => new CatalogueMerge(argument),
        };

        Assert.Equal(code, (await Admin.RefusalAsync(new HttpMethod(method), Nodes + path, body)).Code);
    }

    [Fact]
    public async Task Every_change_is_a_version_with_the_name_of_who_made_it()
    {
        await Admin.PutAsync<TreeNode>($"{Nodes}/unit", new NodeEdit("方程", "", IsRetired: false));

        var history = await Admin.GetAsync<CatalogueHistory>("/api/admin/catalogue/history");
        Assert.Equal((history.Version, "管理员", "edit", "简易方程 → 方程"), (history.Changes[0].Version, history.Changes[0].By, history.Changes[0].Kind, history.Changes[0].Words));
        foreach (var account in new[] { "editor", "reviewer", "teacher", "student" })
        {
            Assert.Equal(403, await _world.As(account).StatusAsync(HttpMethod.Put, $"{Nodes}/unit", new NodeEdit("方程", "", IsRetired: false)));
            Assert.Equal(403, await _world.As(account).StatusAsync(HttpMethod.Get, "/api/admin/catalogue/history"));
        }
    }

    private Task<CoursePage> FindAsync(string query) => _world.As("student").GetAsync<CoursePage>($"/api/courses?{query}");
}
