using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Server.Tests.Http;

public sealed class DenyByDefaultTests
{
    /// <summary>Everything that answers somebody who is not signed in, with the reason. A new line here is a decision.</summary>
    private static readonly Dictionary<string, string> s_anonymous = new(StringComparer.Ordinal)
    {
        ["/healthz"] = "probes",
        ["/readyz"] = "probes",
        ["/metrics"] = "checks address or token itself",
        ["/ca.crt"] = "a device must trust the root before it can sign in",
        ["/api/sign-in"] = "how one signs in",
        ["/api/sign-out"] = "harmless",
        ["/api/setup"] = "needs the one-time token",
        ["/api/join"] = "needs a PIN; failures are counted",
        ["/api/join/{pin}"] = "needs a PIN; failures are counted",
        ["/api/join/{pin}/seats"] = "needs a PIN; failures are counted",
        ["/api/stations/state"] = "checks the device's token itself",
        ["/api/stations/self-test"] = "checks the device's token itself",
        ["/api/link-test/down"] = "checks for an account or a device's token itself",
        ["/api/link-test/up"] = "checks for an account or a device's token itself",
        ["/api/link-test/line"] = "checks for an account or a device's token itself",
        ["/whip/{lessonId}/{name}"] = "checks the join token itself",
        ["/whip/sessions/{id}"] = "checks the join token itself",
        ["/whep/{lessonId}/{name}"] = "checks the join token itself",
        ["/whep/sessions/{id}"] = "checks the join token itself",
        ["/media/{ticket}/seats.{language}.zip"] = "the signed ticket is the right",
        ["/media/{ticket}/{**path}"] = "the signed ticket is the right",
        ["/c/{id}"] = "a public course; anything else is not found",
        ["/embed/{id}"] = "a public course; anything else is not found",
        ["/api/public/courses/{id}"] = "a public course; anything else is not found",
        ["/api/public/courses/{id}/answers"] = "a public course; anything else is not found",
        ["/favicon.ico"] = "browsers ask for it before anybody signs in",
        ["{*path:nonfile}"] = "the page that signs people in",
    };

    [Fact]
    public async Task Only_the_listed_endpoints_answer_strangers()
    {
        await using var host = await ServerHost.BuildAsync();
        var anonymous = Endpoints(host)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Select(route => route.StartsWith('{') ? route : "/" + route.TrimStart('/'))
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(s_anonymous.Keys.Order(StringComparer.Ordinal), anonymous.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_unknown_address_of_the_api_is_not_found_and_says_so_with_a_trace_id()
    {
        await using var host = await ServerHost.StartAsync();
        using var client = host.Client();
        using var reply = await client.GetAsync("/api/nothing-here", TestContext.Current.CancellationToken);
        var body = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("\"code\":\"not_found\"", body, StringComparison.Ordinal);
        Assert.Contains(reply.Headers.GetValues("X-Trace-Id").Single(), body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_id_that_a_caller_sends_is_continued()
    {
        await using var host = await ServerHost.StartAsync();
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var reply = await client.GetAsync("/healthz", TestContext.Current.CancellationToken);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", reply.Headers.GetValues("X-Trace-Id").Single());
    }

    [Fact]
    public async Task Every_reply_carries_the_security_headers()
    {
        await using var host = await ServerHost.StartAsync();
        using var client = host.Client();
        using var reply = await client.GetAsync("/api/nothing-here", TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(reply.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/embed/a-course", true)]
    [InlineData("/embed/a-course/below", false)]
    [InlineData("/embed/", false)]
    [InlineData("/embedded", false)]
    [InlineData("/c/a-course", false)]
    [InlineData("/", false)]
    public async Task Only_the_page_that_is_made_for_frames_may_be_framed(string path, bool mayBeFramed)
    {
        await using var host = await ServerHost.StartAsync();
        using var client = host.Client();
        using var reply = await client.GetAsync(path, TestContext.Current.CancellationToken);

        var policy = reply.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal(mayBeFramed, policy.EndsWith("frame-ancestors *", StringComparison.Ordinal));
        Assert.Equal(!mayBeFramed, policy.EndsWith("frame-ancestors 'none'", StringComparison.Ordinal) && reply.Headers.GetValues("X-Frame-Options").Single() == "DENY");
    }

    [Fact]
    public async Task The_secure_address_answers_with_a_certificate_of_the_root_that_is_handed_out()
    {
        await using var host = await ServerHost.StartAsync();
        using var plain = host.Client();
        using var root = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(await plain.GetStringAsync("/ca.crt", TestContext.Current.CancellationToken));
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
            RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
            CustomTrustStore = { root },
        };
        using var secure = new HttpClient(handler) { BaseAddress = host.Address("https") };
        Assert.Equal("ok", await secure.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
    }

    private static IEnumerable<RouteEndpoint> Endpoints(ServerHost host) =>
        ((IEndpointRouteBuilder)host.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
}
