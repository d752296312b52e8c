using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Classroom.Data;
using Classroom.Library.Public;
using Classroom.Library.Search;
using Classroom.Library.Shelves;
using Classroom.Library.Statements;
using Classroom.TestKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Library.Tests.World;

/// <summary>The library behind its HTTP interface, on a database of its own with two schools, a lesson that was recorded, and one account of each role.</summary>
internal sealed class LibraryWorld : IAsyncDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly WebApplication _app;

    private LibraryWorld(TestDatabase database, WebApplication app, ManualTime time, CommandCounter commands) =>
        (Database, _app, Time, Commands) = (database, app, time, commands);

    public TestDatabase Database { get; }

    public ManualTime Time { get; }

    /// <summary>Counts what is sent to the database.</summary>
    public CommandCounter Commands { get; }

    /// <summary>What this server knows of the published courses.</summary>
    public Shelf Shelf => _app.Services.GetRequiredService<Shelf>();

    public static async Task<LibraryWorld> CreateAsync(TestProvider provider, Action<LibraryOptions>? configure = null)
    {
        var (time, commands) = (new ManualTime(), new CommandCounter());
        var database = await TestDatabase.CreateAsync(provider, commands);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IClassroomDbFactory>(database);
        builder.Services.AddScoped(_ => database.Create());
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<IMediaLinks, PlainLinks>();
        builder.Services.AddSingleton<ICourseCovers, FakeCovers>();
        builder.Services.AddSingleton<ILessonFiles, KeptFiles>();
        builder.Services.AddSingleton<IClientPage, BarePage>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("Test", configureOptions: null);
        builder.Services.AddAuthorization();
        builder.Services.AddLibrary(configure);

        // Tests send by themselves: its timer goes by the real clock.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(StatementDelivery)));
        var app = builder.Build();
        app.MapLibrary();
        await app.StartAsync();

        // It would put what a test writes at the same moment as the test.
        await app.Services.GetServices<IHostedService>().OfType<ShelfRepair>().Single().ExecuteTask!;
        var world = new LibraryWorld(database, app, time, commands);
        await using var db = database.Create();
        await WorldRows.AddAsync(db, time.UtcNow);
        return world;
    }

    /// <summary>A client that is signed in; account ids are "teacher", "other-teacher", "editor", "reviewer", "admin", "student".</summary>
    public Client As(string accountId)
    {
        var http = _app.GetTestClient();
        http.DefaultRequestHeaders.Add(HeaderSignIn.Header, accountId);
        return new Client(http);
    }

    /// <summary>One of the library's own services.</summary>
    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Client Anonymous() => new(_app.GetTestClient());

    public async Task<T> ReadAsync<T>(Func<ClassroomDb, Task<T>> read)
    {
        await using var db = Database.Create();
        return await read(db);
    }

    /// <summary>Puts what was published without the long way there into catalogue and search.</summary>
    public async Task IndexAsync()
    {
        await using var db = Database.Create();
        await _app.Services.GetRequiredService<ICourseIndex>().RefreshAsync(db, course => true, CancellationToken.None);
    }

    public async Task WithdrawAsync(string courseId)
    {
        await using var db = Database.Create();
        await _app.Services.GetRequiredService<ICourseIndex>().RemoveAsync(db, courseId, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Makes the film that a render job would have made.</summary>
    public async Task FinishRenderAsync(string courseId)
    {
        var job = await ReadAsync(db => JobQueue.FindActiveAsync(db, JobKinds.RenderCourse, courseId));
        var jobs = new JobQueue(Database, Time);
        await jobs.ClaimAsync("worker", [JobKinds.RenderCourse], TimeSpan.FromMinutes(1));
        await using var db = Database.Create();
        Assert.True(await CourseRenders.FinishAsync(db, WorldRows.NewRendition(courseId, Time.UtcNow), Time.UtcNow));
        await jobs.CompleteAsync(job!.Id, "worker");
    }

    private sealed class PlainLinks : IMediaLinks
    {
        public string Issue(string prefix, TimeSpan lifetime) => $"/media/[{prefix}]/";

        public string IssueFile(string key, TimeSpan lifetime) => $"/media/[{key}]";
    }
}

/// <summary>Sends JSON and reads answers or refusals.</summary>
internal sealed class Client(HttpClient http)
{
    public HttpClient Http => http;

    public async Task<T> GetAsync<T>(string path)
    {
        var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(LibraryWorld.Json))!;
    }

    public async Task<T> PostAsync<T>(string path, object? body = null)
    {
        var response = await http.PostAsJsonAsync(path, body ?? new { }, LibraryWorld.Json);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(LibraryWorld.Json))!;
    }

    /// <summary>Sends a file as it is.</summary>
    public async Task<T> PostTextAsync<T>(string path, string text)
    {
        using var content = new StringContent(text);
        var response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(LibraryWorld.Json))!;
    }

    public async Task<string> GetTextAsync(string path) => await http.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task<T> PutAsync<T>(string path, object body)
    {
        var response = await http.PutAsJsonAsync(path, body, LibraryWorld.Json);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(LibraryWorld.Json))!;
    }

    public async Task<int> StatusAsync(HttpMethod method, string path, object? body = null) => (await RefusalAsync(method, path, body)).Status;

    /// <summary>The status, the code and the names of the fields of a refusal.</summary>
    public async Task<Refusal> RefusalAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: LibraryWorld.Json) };
        var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var problem = text.Length == 0 || response.IsSuccessStatusCode ? null : JsonSerializer.Deserialize<Body>(text, LibraryWorld.Json);
        return new Refusal((int)response.StatusCode, problem?.Code, [.. (problem?.Fields ?? []).Select(field => field.Field)]);
    }

    private sealed record Body(string? Code, WrongField[]? Fields);

    private sealed record WrongField(string Field);
}

internal sealed record Refusal(int Status, string? Code, string[] Fields);
