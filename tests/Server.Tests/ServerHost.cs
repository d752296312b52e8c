using System.Net.Http.Headers;
using Classroom.Server.Configuration;
using Classroom.Server.StartUp;
using Classroom.Signaling.Rehearsals;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Server.Tests;

/// <summary>The whole server in this process, on free ports, with a data folder of its own.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly string _folder;

    private ServerHost(WebApplication app, ServerOptions options, string folder) => (App, Options, _folder) = (app, options, folder);

    public WebApplication App { get; }

    public ServerOptions Options { get; }

    /// <summary>A client of the plain HTTP address that keeps no cookies and follows nothing.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = Address("http"),
        DefaultRequestHeaders = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
    };

    public Uri Address(string scheme) => new(App.Urls.Single(url => url.StartsWith(scheme + ":", StringComparison.Ordinal)).Replace("[::]", "localhost", StringComparison.Ordinal));

    public static async Task<ServerHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = await BuildAsync(settings);
        await host.StartAsync();
        return host;
    }

    /// <summary>Migrates, listens, and waits until the server has made its own first join.</summary>
    public async Task StartAsync()
    {
        await DatabaseStart.PrepareAsync(App.Services, Options, TestContext.Current.CancellationToken);
        await App.StartAsync(TestContext.Current.CancellationToken);
        while (App.Services.GetService<IRehearsal>() is { IsOver: false })
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Built, but neither migrated nor listening.</summary>
    public static Task<ServerHost> BuildAsync(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("classroom-server-").FullName;
        var values = new Dictionary<string, string?>
        {
            ["CLASSROOM_DATA"] = folder,
            ["CLASSROOM_HTTP_PORT"] = "0",
            ["CLASSROOM_HTTPS_PORT"] = "0",
            ["CLASSROOM_MEDIA_PORT"] = "0",
            ["CLASSROOM_DEMO"] = "0",
            ["CLASSROOM_LOG_LEVEL"] = "Warning",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var options = ServerOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        return Task.FromResult(new ServerHost(ClassroomServer.Build(options), options, folder));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
