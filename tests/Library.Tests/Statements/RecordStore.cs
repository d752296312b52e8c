using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Classroom.Library.Tests.Statements;

/// <summary>A learning record store behind real HTTP, with the rules of xAPI 1.0.3 for what it takes; it can be in trouble of any kind.</summary>
internal sealed class RecordStore : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RecordStore(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/xapi/");

    /// <summary>What it has, in the order in which it came.</summary>
    public List<JsonElement> Statements { get; } = [];

    public int Requests { get; private set; }

    /// <summary>Answers instead of the store, before it has taken anything; null: it works.</summary>
    public Func<HttpContext, IResult?> Trouble { get; set; } = _ => null;

    /// <summary>It takes what comes, and the line is cut before it can say so.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>The name of a verb that it does not know.</summary>
    public string? Refuses { get; set; }

    public static async Task<RecordStore> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var store = new RecordStore(app);
        app.MapPost("/xapi/statements", store.TakeAsync);
        await app.StartAsync();
        return store;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public static string Verb(JsonElement statement) => statement.GetProperty("verb").GetProperty("display").GetProperty("en").GetString()!;

    private async Task<IResult> TakeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        Requests++;
        if (Trouble(http) is { } trouble)
        {
            return trouble;
        }

        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("key:secret"));
        if (http.Request.Headers.Authorization != expected)
        {
            return Results.Unauthorized();
        }

        var batch = await http.Request.ReadFromJsonAsync<JsonElement[]>(cancellationToken) ?? [];
        if (http.Request.Headers["X-Experience-API-Version"] != "1.0.3" || !batch.All(IsStatement) || batch.Any(statement => Verb(statement) == Refuses))
        {
            return Results.BadRequest("not like this");
        }

        if (batch.Any(statement => Statements.Any(known => Id(known) == Id(statement))))
        {
            return Results.Conflict();
        }

        Statements.AddRange(batch);
        if (LosesAnswers)
        {
            http.Abort();
        }

        return Results.Ok(batch.Select(Id));
    }

    private static string Id(JsonElement statement) => statement.GetProperty("id").GetString()!;

    private static bool IsStatement(JsonElement statement) =>
        Guid.TryParseExact(Id(statement), "D", out _)
        && Uri.IsWellFormedUriString(statement.GetProperty("actor").GetProperty("account").GetProperty("homePage").GetString(), UriKind.Absolute)
        && Uri.IsWellFormedUriString(statement.GetProperty("verb").GetProperty("id").GetString(), UriKind.Absolute)
        && Uri.IsWellFormedUriString(statement.GetProperty("object").GetProperty("id").GetString(), UriKind.Absolute)
        && Guid.TryParseExact(statement.GetProperty("context").GetProperty("registration").GetString(), "D", out _)
        && statement.GetProperty("timestamp").GetDateTime().Kind == DateTimeKind.Utc;
}
