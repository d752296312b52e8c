using Classroom.Library.Contracts;
using Classroom.Library.Tests.World;
using Classroom.TestKit;

namespace Classroom.Library.Tests.Search;

public sealed class SqliteFindingTests(SqliteFindingTests.Fixture fixture) : FindingTests(fixture), IClassFixture<SqliteFindingTests.Fixture>
{
    public sealed class Fixture() : SharedWorld(TestProvider.Sqlite);
}

public sealed class PostgresFindingTests(PostgresFindingTests.Fixture fixture) : FindingTests(fixture), IClassFixture<PostgresFindingTests.Fixture>
{
    public sealed class Fixture() : SharedWorld(TestProvider.Postgres);
}

/// <summary>Searches only read: all of them share one world.</summary>
public abstract class FindingTests(SharedWorld shared)
{
    [Theory]
    [InlineData("函数", "quadratic linear")]
    [InlineData("次函数", "quadratic linear")]
    [InlineData("二次函数", "quadratic")]
    [InlineData("一次函数", "linear")]
    [InlineData("函", "reversed quadratic linear")]
    [InlineData("程", "merged equation reversed")]
    [InlineData("quadratic", "quadratic")]
    [InlineData("ＱＵＡＤＲＡＴＩＣ", "quadratic")]
    [InlineData("quad", "")]
    [InlineData("3D 函数", "quadratic")]
    [InlineData("图象 函数", "linear")]
    [InlineData("张老师 方程", "merged equation reversed")]
    [InlineData("不存在", "")]
    [InlineData("？！", "")]
    [InlineData("\" OR * ) & | ! ' <-> 函数", "")]
    [InlineData("'函数' & \"图象\" -", "linear")]
    public async Task Words_of_any_length_are_found(string text, string expected) => Assert.Equal(expected, await FindAsync($"text={Uri.EscapeDataString(text)}"));

    [Theory]
    [InlineData("node=primary", "reversed merged equation")]
    [InlineData("node=equation", "merged equation")]
    [InlineData("node=old-equation", "merged equation")]
    [InlineData("node=secondary", "quadratic linear")]
    [InlineData("node=missing", "")]
    [InlineData("point=p-function", "quadratic linear")]
    [InlineData("school=songtao", "quadratic")]
    [InlineData("type=Experiment", "merged")]
    [InlineData("node=secondary&type=Review&point=p-function&school=songtao&text=3d", "quadratic")]
    [InlineData("node=primary&point=p-function", "")]
    [InlineData("", "reversed merged equation quadratic linear")]
    public async Task Filters_narrow_what_is_shown(string query, string expected) => Assert.Equal(expected, await FindAsync(query));

    private async Task<string> FindAsync(string query)
    {
        var page = await shared.World.As("student").GetAsync<CoursePage>($"/api/courses?{query}");
        Assert.Equal(page.Total, page.Cards.Length);
        return string.Join(' ', page.Cards.Select(card => card.Id));
    }
}

public abstract class SharedWorld(TestProvider provider) : IAsyncLifetime
{
    internal LibraryWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        World = await LibraryWorld.CreateAsync(provider);
        await SearchRows.AddAsync(World);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
