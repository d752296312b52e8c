using Classroom.EndToEnd.Tests.Lines;
using Microsoft.Playwright;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>Debian's Chromium and Firefox, one process for each person in the lesson.</summary>
public sealed class Browsers : IAsyncDisposable
{
    private static readonly string[] s_chromiumArguments =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
        // Nobody looks at these windows, yet they must go on as if somebody did.
        "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
    ];

    /// <summary>A busy machine is slow, not wrong.</summary>
    private const float PatienceMs = 60_000;

    private readonly List<Func<Task>> _closing = [];
    private readonly IPlaywright _playwright;

    private Browsers(IPlaywright playwright) => _playwright = playwright;

    public static async Task<Browsers> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs / 2);
        return new Browsers(await Playwright.CreateAsync());
    }

    /// <summary>A new Chromium with one page at this address.</summary>
    public async Task<Guest> ChromiumAsync(Uri server, string name, MadeCameras cameras, ViewportSize? size = null, bool touch = false)
    {
        var browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = s_chromiumArguments });
        return await OpenAsync(browser, server, name, cameras, size, touch);
    }

    /// <summary>Tablets that send nothing, each with a profile of its own in one Chromium, which spares a small machine.</summary>
    public async Task<Guest[]> TabletsAsync(Uri server, IEnumerable<(string Name, ViewportSize Size)> tablets)
    {
        var browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = s_chromiumArguments });
        List<Guest> guests = [];
        foreach (var (name, size) in tablets)
        {
            guests.Add(await OpenAsync(browser, server, name, MadeCameras.None, size, touch: true));
        }

        return [.. guests];
    }

    /// <summary>A new Chromium that reaches the server by a line of its own.</summary>
    public async Task<Guest> ChromiumAsync(Line line, Uri server, string name, MadeCameras cameras, ViewportSize? size = null)
    {
        var address = line.At(server);
        // Cameras and microphones are for secure pages; a school has a certificate, a test has this.
        string[] arguments = [.. s_chromiumArguments, $"--unsafely-treat-insecure-origin-as-secure={address.GetLeftPart(UriPartial.Authority)}"];
        var browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = line.Browser, Args = arguments });
        return await OpenAsync(browser, address, name, cameras, size, touch: false);
    }

    /// <summary>Chromium with a profile that stays on the disk, and the browser's own made devices.</summary>
    public async Task<Guest> ChromiumWithProfileAsync(string profile, Uri server, string name)
    {
        var context = await _playwright.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = [.. s_chromiumArguments, "--use-fake-device-for-media-stream=device-count=2"],
            BaseURL = server.ToString(),
            Locale = "zh-CN",
        });
        _closing.Add(() => context.CloseAsync());
        context.SetDefaultTimeout(PatienceMs);
        return new Guest(name, context, context.Pages[0]);
    }

    /// <summary>A new Firefox; it has no H.264 here.</summary>
    public async Task<Guest> FirefoxAsync(Uri server, string name, MadeCameras cameras)
    {
        var browser = await _playwright.Firefox.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/firefox-esr",
            Channel = "moz-firefox",
            FirefoxUserPrefs = new Dictionary<string, object>
            {
                ["media.navigator.permission.disabled"] = true,
                ["media.navigator.streams.fake"] = true,
                ["media.autoplay.default"] = 0,
                ["media.peerconnection.ice.obfuscate_host_addresses"] = false,
            },
        });
        return await OpenAsync(browser, server, name, cameras, size: null, touch: false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var close in _closing)
        {
            await close();
        }

        _playwright.Dispose();
    }

    private async Task<Guest> OpenAsync(IBrowser browser, Uri server, string name, MadeCameras cameras, ViewportSize? size, bool touch)
    {
        _closing.Add(() => browser.CloseAsync());
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.ToString(),
            ViewportSize = size ?? new ViewportSize { Width = 1280, Height = 800 },
            HasTouch = touch,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
        });
        context.SetDefaultTimeout(PatienceMs);
        await context.AddInitScriptAsync(cameras.InitScript);
        return new Guest(name, context, await context.NewPageAsync());
    }
}
