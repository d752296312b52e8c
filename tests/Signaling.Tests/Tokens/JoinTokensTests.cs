using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Tests.Tokens;

public sealed class JoinTokensTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classroom-tokens-").FullName;
    private readonly StillTime _time = new();

    [Fact]
    public async Task A_token_made_on_the_command_line_is_read_by_the_server()
    {
        var token = JoinTokens.Issue(_folder, new JoinGrant("demo", LessonRole.Station), TimeSpan.FromHours(1), _time);

        var grant = await Server().ReadAsync(token);

        Assert.Equal(("demo", LessonRole.Station, null), (grant!.LessonId, grant.Role, grant.ClassroomId));
        Assert.NotEmpty(grant.TokenId);
    }

    [Fact]
    public async Task A_token_ends_with_its_time_and_is_for_one_purpose()
    {
        var tokens = Server();
        var grant = new JoinGrant("demo", LessonRole.Student, "room-1", "p1", "小明", "a1", "t1");
        var join = tokens.Issue(grant, TimeSpan.FromHours(1));
        Assert.Equal(grant, await tokens.ReadAsync(join));
        Assert.Null(await tokens.ReadResumeAsync(join));
        Assert.Null(await tokens.ReadDeviceAsync(join));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await tokens.ReadAsync(join));
    }

    [Theory, InlineData(""), InlineData("x"), InlineData("a.b.c"), InlineData("eyJhbGciOiJub25lIn0.eyJsZXNzb24iOiIqIiwicm9sZSI6IlRlYWNoZXIifQ.")]
    public async Task What_is_not_signed_by_us_is_nothing(string token) => Assert.Null(await Server().ReadAsync(token));

    [Fact]
    public async Task A_changed_token_is_nothing()
    {
        var token = Server().Issue(new JoinGrant("demo", LessonRole.Student), TimeSpan.FromHours(1));
        var parts = token.Split('.');
        var forged = Server().Issue(new JoinGrant("demo", LessonRole.Teacher), TimeSpan.FromHours(1)).Split('.');
        Assert.Null(await Server().ReadAsync($"{parts[0]}.{forged[1]}.{parts[2]}"));
    }

    [Fact]
    public void Only_the_owner_may_read_the_key()
    {
        Server();
        var file = Path.Combine(_folder, "secrets", "token.key");
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Turn_credentials_are_what_coturn_computes()
    {
        var options = new SignalingOptions { TurnUrls = ["turn:t"], TurnSecret = "north" };
        var server = new TurnCredentials(Options.Create(options), _time).For("p1").Single();
        Assert.Equal($"{(_time.GetUtcNow() + TimeSpan.FromHours(12)).ToUnixTimeSeconds()}:p1", server.Username);
        Assert.Equal(20, Convert.FromBase64String(server.Credential!).Length);
        Assert.Empty(new TurnCredentials(Options.Create(new SignalingOptions()), _time).For("p1"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private JoinTokens Server() => new(Path.Combine(_folder, "secrets"), _time);
}
