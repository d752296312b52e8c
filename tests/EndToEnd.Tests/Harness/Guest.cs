using System.Text.Json;
using Microsoft.Playwright;

namespace Classroom.EndToEnd.Tests.Harness;

/// <summary>Somebody with a browser: a station, a teacher, a tablet, an editor.</summary>
public sealed class Guest
{
    private const int KeptMessages = 60;
    private readonly Queue<string> _console = [];

    public Guest(string name, IBrowserContext context, IPage page)
    {
        (Name, Context, Page) = (name, context, page);
        page.Console += (_, message) => Keep(message.Text);
        page.PageError += (_, error) => Keep("error: " + error);
    }

    public string Name { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What the page last wrote to its console.</summary>
    public string Console
    {
        get
        {
            lock (_console)
            {
                return string.Join('\n', _console);
            }
        }
    }

    public ILocator ById(string testId) => Page.GetByTestId(testId);

    /// <summary>Every mark that is on the page now, in the order of the videos.</summary>
    public async Task<PictureMark[]> MarksAsync(string selector = "video") => JsonSerializer.Deserialize<PictureMark[]>(
        await Page.EvaluateAsync<string>("selector => JSON.stringify([...document.querySelectorAll(selector)].map(classroomTest.readMark).filter((mark) => mark))", selector),
        JsonSerializerOptions.Web)!;

    /// <summary>Sum over all received pictures since the page was opened.</summary>
    public Task<double> FramesDecodedAsync() => Page.EvaluateAsync<double>("classroomTest.framesDecoded()");

    /// <summary>Energy of all received sound (W3C webrtc-stats totalAudioEnergy): silence adds nothing.</summary>
    public Task<double> AudioEnergyAsync() => Page.EvaluateAsync<double>("classroomTest.audioEnergy()");

    /// <summary>How many milliseconds this browser takes its own pictures and sound late, because the machine has no time for it.</summary>
    public Task<double> LatenessMsAsync() => Page.EvaluateAsync<double>("classroomTest.lateness()");

    /// <summary>Waits until the page shows a fresh picture of every one of these schools.</summary>
    public Task SeesAsync(params int[] schools) => Eventually.TrueAsync(
        async () => schools.All((await MarksAsync()).Where(mark => mark.AgeMs < 2000).Select(mark => mark.School).Contains),
        async () => $"{Name} should see schools {string.Join(", ", schools)}, sees {string.Join(", ", (await MarksAsync()).Select(mark => mark.ToString()))}; {await Page.EvaluateAsync<string>("classroomTest.received()")}\n{Console}");

    /// <summary>Waits until a film on the page shows this school; its mark is as old as the lesson.</summary>
    public Task ShowsFilmOfAsync(int school) => Eventually.TrueAsync(
        async () => (await MarksAsync()).Any(mark => mark.School == school),
        async () => $"{Name} should see a film of school {school}, sees {string.Join(", ", (await MarksAsync()).Select(mark => mark.ToString()))}\n{Console}");

    /// <summary>Waits until more pictures are decoded and sound comes in.</summary>
    public async Task SeesAndHearsMoreAsync()
    {
        var (frames, energy) = (await FramesDecodedAsync(), await AudioEnergyAsync());
        await Eventually.TrueAsync(
            async () => await FramesDecodedAsync() > frames + 5 && await AudioEnergyAsync() > energy + 1e-4,
            async () => $"{Name}: frames {frames} → {await FramesDecodedAsync()}, sound {energy} → {await AudioEnergyAsync()}; {await Page.EvaluateAsync<string>("classroomTest.received()")}\n{Console}");
    }

    /// <summary>Waits until a level bar within the element has moved: the beep once a second must lift it.</summary>
    public Task SeesSoundAsync(ILocator within) => Eventually.TrueAsync(
        async () => await within.GetByRole(AriaRole.Meter).EvaluateAllAsync<bool>("bars => bars.some((bar) => Number(bar.ariaValueNow) > 0)"),
        () => Task.FromResult($"{Name} sees no level bar move\n{Console}"));

    public Task ScreenshotAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Artifacts.Folder, name + ".png") });

    private void Keep(string line)
    {
        lock (_console)
        {
            _console.Enqueue(line);
            if (_console.Count > KeptMessages)
            {
                _console.Dequeue();
            }
        }
    }
}
