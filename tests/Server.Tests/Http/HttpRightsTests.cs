using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Server.Tests.Http;

/// <summary>
/// Which account may call which endpoint, over all of them: the table is rights.txt beside this file. A new endpoint, or one that
/// lets somebody else in, is a new line there, and so a decision.
/// </summary>
public sealed class HttpRightsTests
{
    private const string Password = "classroom";

    // In the order of the table's columns; each sees what the ones before have left, so the mightiest come last.
    private static readonly string[] s_accounts = ["", "student1", "elsewhere", "editor", "reviewer", "supervisor", "technician", "teacher1", "admin"];

    [Fact]
    public async Task Every_endpoint_lets_in_whom_the_table_names_and_nobody_else()
    {
        await using var host = await ServerHost.StartAsync(("CLASSROOM_DEMO", "1"));
        var people = await SignInAllAsync(host);
        List<string> table = [];
        foreach (var (method, route) in Routes(host))
        {
            var letters = new StringBuilder();
            foreach (var person in people)
            {
                letters.Append(await AskAsync(person, method, route));
            }

            table.Add($"{letters}  {method,-6} {route}");
        }

        var expected = Expected();
        var differences = table.Except(expected).Select(line => "is     " + line).Concat(expected.Except(table).Select(line => "should " + line));
        Assert.True(table.SequenceEqual(expected), string.Join('\n', differences));
    }

    /// <summary>x: let in (and perhaps told that what was sent makes no sense); 0: no such thing, for this account; -: refused.</summary>
    private static async Task<char> AskAsync(HttpClient person, string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Concrete(route));
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        using var reply = await person.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return reply.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => '-',
            HttpStatusCode.NotFound => '0',
            < HttpStatusCode.InternalServerError => 'x',
            _ => '!',
        };
    }

    private static string Concrete(string route) => route
        .Replace("/api/lessons/{id}", "/api/lessons/demo", StringComparison.Ordinal)
        .Replace("{pin}", "123456", StringComparison.Ordinal)
        .Replace("/admin/lessons/{id}", "/admin/lessons/demo", StringComparison.Ordinal)
        .Replace("{**path}", "x", StringComparison.Ordinal)
        .Replace("{", "", StringComparison.Ordinal)
        .Replace("}", "", StringComparison.Ordinal);

    private static IEnumerable<(string Method, string Route)> Routes(ServerHost host) =>
        from endpoint in ((IEndpointRouteBuilder)host.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where route.StartsWith("/api/", StringComparison.Ordinal)
        // Signing out would end the rest of the table; the password page has tests of its own.
        where route is not ("/api/sign-in" or "/api/sign-out")
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        orderby route, method
        select (method, route);

    private static async Task<List<HttpClient>> SignInAllAsync(ServerHost host)
    {
        var admin = await SignInAsync(host, "admin");
        var region = (await admin.GetFromJsonAsync<JsonElement>("/api/admin/regions"))[0].GetProperty("id").GetString();
        var school = await PostAsync(admin, "/api/admin/schools", new { regionId = region, name = "别处小学", shortName = "别处" });
        var account = new { userName = "elsewhere", displayName = "别处老师", role = "Teacher", schoolId = school.GetProperty("id").GetString(), regionId = (string?)null, subject = "数学", isDisabled = false, password = "a-first-password" };
        await PostAsync(admin, "/api/admin/accounts", account);
        List<HttpClient> people = [];
        foreach (var name in s_accounts)
        {
            people.Add(name switch
            {
                "" => host.Client(),
                "admin" => admin,
                "elsewhere" => await SignInFirstTimeAsync(host, name, account.password),
                _ => await SignInAsync(host, name),
            });
        }

        return people;
    }

    private static async Task<HttpClient> SignInFirstTimeAsync(ServerHost host, string name, string first)
    {
        var client = await SignInAsync(host, name, first);
        await PostAsync(client, "/api/me/password", new { current = first, next = Password + "-2026" });
        return client;
    }

    private static async Task<HttpClient> SignInAsync(ServerHost host, string name, string password = Password)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host.Address("http") };
        await PostAsync(client, "/api/sign-in", new { userName = name, password });
        return client;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var reply = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {(int)reply.StatusCode} {text}");
        return text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default;
    }

    private static string[] Expected([CallerFilePath] string here = "") =>
        [.. File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "rights.txt")).Where(line => !line.StartsWith('#'))];
}
