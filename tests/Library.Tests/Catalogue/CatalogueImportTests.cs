using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Tests.Catalogue;

public sealed class SqliteCatalogueImportTests() : CatalogueImportTests(TestProvider.Sqlite);

public sealed class PostgresCatalogueImportTests() : CatalogueImportTests(TestProvider.Postgres);

public abstract class CatalogueImportTests(TestProvider provider) : IAsyncLifetime
{
    private const string Header = "学段,年级,学科,教材版本,版次,册次,单元,课,知识点,先学\n";

    private LibraryWorld _world = null!;

    private Client Admin => _world.As("admin");

    public async ValueTask InitializeAsync() => _world = await LibraryWorld.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_happen_and_changes_nothing()
    {
        const string File = Header + "小学,五年级,数学,,,,简易方程,解方程,移项,方程的辨认；等式的性质一\n小学,六年级,数学,苏教版,2024,上册,圆,,,\n";

        var dry = await ImportAsync(File, dryRun: true);

        Assert.Equal((false, 7, 2, 0), (dry.Applied, dry.Added, dry.Changed, dry.Problems.Length));
        Assert.Equal(9, await _world.ReadAsync(db => db.CatalogueNodes.CountAsync()));

        var done = await ImportAsync(File, dryRun: false);
        Assert.Equal((true, 7, 2), (done.Applied, done.Added, done.Changed));
        var points = await _world.As("student").GetAsync<PointInfo[]>("/api/catalogue/points?node=unit");
        Assert.Equal(["等式的性质一", "方程的辨认"], points.Single(point => point.Name == "移项").Needs.Select(need => need.Name).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal((0, 0), ((await ImportAsync(File, dryRun: false)).Added, (await ImportAsync(File, dryRun: true)).Changed));
    }

    [Fact]
    public async Task Every_problem_is_named_with_its_line()
    {
        var report = await ImportAsync(
            Header
            + ",五年级,数学,,,,,,,\n"
            + "小学,五年级,,人教版,,,,,,\n"
            + "小学,五年级,数学,,2024,,,,,\n"
            + "小学,五年级,数学,,,,简易方程,方程的意义,移项,没有的知识点\n"
            + $"小学,五年级,数学,,,,{new string('长', 81)},,,\n"
            + "小学,五年级,数学,,,,位置,,,数对\n"
            + "小学,五年级,数学,,,,简易方程,方程的意义,移项,\n"
            + "小学,五年级,数学,,,,位置,数对,甲,乙\n"
            + "小学,五年级,数学,,,,位置,数对,乙,甲\n",
            dryRun: false);

        Assert.False(report.Applied);
        Assert.Equal(
            ["2 no_stage", "3 no_subject", "4 version_alone", "5 no_point", "6 long_node_name", "7 needs_alone", "8 twice", "9 needs_itself", "10 needs_itself"],
            report.Problems.Select(problem => $"{problem.Line} {problem.Code}"));
        Assert.Equal(9, await _world.ReadAsync(db => db.CatalogueNodes.CountAsync()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task What_is_exported_can_be_imported_elsewhere_and_is_the_same_there(string format)
    {
        Assert.Equal(204, await Admin.StatusAsync(HttpMethod.Put, "/api/admin/catalogue/points/p-equation", new PointEdit("equation", "方程的辨认", ["p-equality"])));
        var file = await Admin.GetTextAsync($"/api/admin/catalogue/export?format={format}");

        await using var elsewhere = await LibraryWorld.CreateAsync(provider);
        await using (var db = elsewhere.Database.Create())
        {
            await db.KnowledgePoints.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            await db.CatalogueNodes.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }

        var report = await elsewhere.As("admin").PostTextAsync<ImportReport>("/api/admin/catalogue/import", file);

        Assert.True(report.Applied, string.Join('\n', report.Problems.Select(problem => problem.Message)));
        Assert.Equal(file, await elsewhere.As("admin").GetTextAsync($"/api/admin/catalogue/export?format={format}"));
    }

    [Theory]
    [InlineData("", "1 empty_file")]
    [InlineData("[", "1 bad_json")]
    [InlineData("[\n{\"stage\":\"小学\"},\n{\"stage\":\"小学\",\"chapter\":\"x\"}]", "3 unknown_field,3 twice")]
    [InlineData("年级,学科\n五年级,数学\n", "1 no_column")]
    public async Task A_file_that_is_none_is_refused_in_words(string file, string expected)
    {
        var report = await ImportAsync(file, dryRun: true);

        Assert.Equal(expected, string.Join(',', report.Problems.Select(problem => $"{problem.Line} {problem.Code}")));
    }

    [Fact]
    public async Task Only_administrators_import_and_export()
    {
        Assert.Equal(403, await _world.As("editor").StatusAsync(HttpMethod.Post, "/api/admin/catalogue/import"));
        Assert.Equal(403, await _world.As("editor").StatusAsync(HttpMethod.Get, "/api/admin/catalogue/export"));
    }

    private Task<ImportReport> ImportAsync(string file, bool dryRun) =>
        Admin.PostTextAsync<ImportReport>($"/api/admin/catalogue/import?dryRun={dryRun}", file);
}
