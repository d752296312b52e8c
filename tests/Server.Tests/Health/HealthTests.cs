using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Classroom.Server.Health;
using Classroom.Server.StartUp;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Server.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_started_server_lives_and_is_ready()
    {
        await using var host = await ServerHost.StartAsync();
        using var client = host.Client();
        Assert.Equal("ok", await client.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
        Assert.Contains("\"ready\"", await client.GetStringAsync("/readyz", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_yet_is_not_ready()
    {
        await using var host = await ServerHost.BuildAsync();
        var check = host.App.Services.GetServices<IReadyCheck>().OfType<DatabaseCheck>().Single();
        Assert.Equal("the database does not answer", await check.ProblemAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_has_not_started_says_what_it_waits_for()
    {
        await using var host = await ServerHost.BuildAsync();
        var problems = new List<string?>();
        foreach (var check in host.App.Services.GetServices<IReadyCheck>().Where(check => check is not MediaCode))
        {
            problems.Add(await check.ProblemAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(["a join is being rehearsed", "running lessons are being restored", "the database does not answer", "the media port is not bound"], problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_media_path_is_compiled_before_the_server_is_ready()
    {
        await using var host = await ServerHost.BuildAsync();
        var check = Assert.Single(host.App.Services.GetServices<IReadyCheck>().OfType<MediaCode>());
        await MediaCode.Begin();
        Assert.Null(await check.ProblemAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Metrics_are_for_this_machine()
    {
        await using var host = await ServerHost.StartAsync();
        using var client = host.Client();
        var before = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        await client.GetStringAsync("/healthz", TestContext.Current.CancellationToken);
        var text = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(2, Succeeded(text) - Succeeded(before));
        Assert.Contains("process_resident_memory_bytes ", text, StringComparison.Ordinal);
    }

    private static int Succeeded(string metrics) =>
        int.Parse(Regex.Match(metrics, "classroom_http_requests_total{status=\"2xx\"} ([0-9]+)\n").Groups[1].Value, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("Bearer wrong", HttpStatusCode.Forbidden)]
    [InlineData("Bearer open-sesame", HttpStatusCode.OK)]
    public async Task With_a_token_metrics_are_for_whoever_carries_it(string? authorization, HttpStatusCode expected)
    {
        await using var host = await ServerHost.StartAsync(("CLASSROOM_METRICS_TOKEN", "open-sesame"));
        using var client = host.Client();
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.Add("Authorization", authorization);
        }

        using var reply = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(expected, reply.StatusCode);
    }
}
