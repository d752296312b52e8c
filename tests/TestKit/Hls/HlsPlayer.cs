using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Classroom.TestKit.Hls;

/// <summary>One discontinuity of a stream, played from before it to after it.</summary>
/// <param name="At">Seconds from the beginning of the stream.</param>
/// <param name="Pictures">Presented on the way.</param>
/// <param name="Gap">Seconds of the film between two presented pictures that follow each other, at most.</param>
/// <param name="Reached">Whether playback came out at the other side.</param>
public sealed record PlayedChange(double At, int Pictures, double Gap, bool Reached);

/// <summary>What the player said.</summary>
/// <param name="Seconds">Length of the stream as the media element has it.</param>
/// <param name="Troubles">Errors of hls.js, by name and time: what it could not read or decode, holes that it jumped over.</param>
public sealed record PlayedStream(double Seconds, IReadOnlyList<PlayedChange> Changes, IReadOnlyList<string> Troubles);

/// <summary>Plays a stream on the disk in Chromium, with the hls.js of the web client, through each of its discontinuities.</summary>
public static class HlsPlayer
{
    /// <param name="root">The folder with everything that the playlists name.</param>
    /// <param name="playlist">A master or media playlist, within the root.</param>
    public static async Task<PlayedStream> PlayAsync(string root, string playlist, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource<PlayedStream>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Serve(root, told);
        await server.StartAsync(cancellationToken);
        var profile = Directory.CreateTempSubdirectory("classroom-player-");
        using var browser = Process.Start(new ProcessStartInfo("chromium", [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--mute-audio",
            "--autoplay-policy=no-user-gesture-required", $"--user-data-dir={profile.FullName}", $"{server.Urls.First()}/?{playlist}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            browser.BeginErrorReadLine();
            browser.BeginOutputReadLine();
            var ended = browser.WaitForExitAsync(cancellationToken);
            return await Task.WhenAny(told.Task, ended) == told.Task ? await told.Task : throw new InvalidOperationException("Chromium ended before it had played.");
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync(CancellationToken.None);
            profile.Delete(recursive: true);
        }
    }

    private static WebApplication Serve(string root, TaskCompletionSource<PlayedStream> told)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => Results.Stream(typeof(HlsPlayer).Assembly.GetManifestResourceStream("player.html")!, "text/html; charset=utf-8"));
        app.MapGet("/hls.js", () => Results.File(Library(), "text/javascript"));
        app.MapPost("/told", (PlayedStream played) => told.TrySetResult(played));
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(root),
            ContentTypeProvider = new FileExtensionContentTypeProvider(new Dictionary<string, string>
            {
                [".m3u8"] = "application/vnd.apple.mpegurl",
                [".m4s"] = "video/iso.segment",
                [".mp4"] = "video/mp4",
            }),
        });
        return app;
    }

    /// <summary>The file that the web client bundles; building the server fetches it.</summary>
    private static string Library()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Classroom.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not lie in the project.");
        }

        return Path.Combine(root.FullName, "src/WebClient/node_modules/hls.js/dist/hls.min.js");
    }
}
