using System.Net;
using System.Net.Http.Json;
using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Accounts;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Tokens;
using Classroom.TestKit;
using Classroom.TestKit.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Tests;

/// <summary>A running server with two paired schools, a clock that tests move, and a media server that moves no media.</summary>
internal sealed class TestSchool : IAsyncDisposable
{
    public const string Password = "classroom";
    private readonly string _folder = Directory.CreateTempSubdirectory("classroom-signaling-").FullName;
    private readonly List<IAsyncDisposable> _pages = [];
    private readonly Action<SignalingOptions>? _configure;
    private WebApplication _app = null!;

    private TestSchool(TestDatabase database, Action<SignalingOptions>? configure) => (Database, _configure) = (database, configure);

    public TestDatabase Database { get; }

    public StillTime Time { get; } = new();

    public FakeMediaServer Media { get; private set; } = new();

    public FakeLessonFiles Files { get; } = new();

    public SchoolData Data { get; private set; } = null!;

    public Uri Address => new(_app.Urls.First());

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<TestSchool> OpenAsync(TestProvider provider = TestProvider.Sqlite, Action<SignalingOptions>? configure = null, bool isEmpty = false)
    {
        var school = new TestSchool(await TestDatabase.CreateAsync(provider), configure);
        if (!isEmpty)
        {
            school.Data = await SchoolData.CreateAsync(school.Database, school.Time);
        }

        await school.StartAsync();
        return school;
    }

    /// <summary>The process dies and another one starts on the same database and data folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Media = new FakeMediaServer();
        await StartAsync();
    }

    /// <summary>Moves the clock and lets it tick.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Get<LessonClock>().TickAsync(CancellationToken.None);
    }

    public HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };

    public async Task<HttpClient> SignInAsync(string userName, string password = Password)
    {
        var browser = Browser();
        var reply = await browser.PostAsJsonAsync("/api/sign-in", new SignInRequest(userName, password), HubClient.Json);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return browser;
    }

    public string Token(string lessonId, LessonRole role, string? name = null, string? classroomId = null, string? accountId = null) =>
        Get<JoinTokens>().Issue(new JoinGrant(lessonId, role, classroomId, Name: name, AccountId: accountId), TimeSpan.FromHours(2));

    /// <summary>A page that is connected but has not joined.</summary>
    public async Task<Page> ConnectAsync(string token)
    {
        var page = new Page(await HubClient.ConnectAsync(new Uri(Address, "/hubs/classroom"), token), token);
        _pages.Add(page);
        return page;
    }

    /// <summary>A page that has joined.</summary>
    public async Task<Page> JoinAsync(string lessonId, LessonRole role, string? name = null, string? classroomId = null)
    {
        var page = await ConnectAsync(Token(lessonId, role, name ?? role.ToString(), classroomId));
        await page.JoinAsync();
        return page;
    }

    /// <summary>The lesson is open, and a teacher is in it.</summary>
    public async Task<Page> OpenLessonAsync(string lessonId = "lesson-1")
    {
        await PassAsync(TimeSpan.Zero);
        return await JoinAsync(lessonId, LessonRole.Teacher, "张老师", Data.HostRoom.Id);
    }

    public async Task<Lesson> LessonAsync(string id)
    {
        await using var db = Database.Create();
        return await db.Lessons.FindAsync(id) ?? throw new InvalidOperationException("No such lesson.");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IClassroomDbFactory>(Database);
        builder.Services.AddScoped<ClassroomDb>(_ => Database.Create());
        builder.Services.AddSingleton<IMediaServer>(Media);
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<ILessonFiles>(Files);
        builder.Services.AddSignaling(options =>
        {
            options.DataFolder = _folder;
            options.PublicUrl = "https://classroom.test";
            _configure?.Invoke(options);
        });
        _app = builder.Build();
        _app.UseRouting();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapSignaling();
        await _app.StartAsync();
    }

    private async Task StopAsync()
    {
        foreach (var page in _pages)
        {
            await page.DisposeAsync();
        }

        _pages.Clear();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
