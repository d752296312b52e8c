using Classroom.Data;

namespace Classroom.Library.Preflight;

/// <summary>A kind of film with its rules.</summary>
/// <param name="Name">Empty for the known ones, which pages name in the reader's language.</param>
internal sealed record Preset(string Id, string Name, PresetRules Rules);

/// <summary>The kinds of films that districts ask for, with the rules that they publish.</summary>
internal static class KnownPresets
{
    public static readonly IReadOnlyList<Preset> All =
    [
        new("micro", "", new PresetRules { MostSeconds = 600, MostOpeningSeconds = 5 }),
        new("contest", "", new PresetRules
        {
            MostSeconds = 600, MostOpeningSeconds = 5, Width = 1280, Height = 720, IsExactSize = true,
            LeastKbps = 1024, MostKbps = 2000, SoundKbps = 128, MostBytes = 100_000_000,
        }),
        new("premium-primary", "", Premium(10, 15)),
        new("premium-secondary", "", Premium(15, 20)),
        new("classroom", "", new PresetRules { Width = 720, Height = 576 }),
    ];

    private static PresetRules Premium(int leastMinutes, int mostMinutes) => new()
    {
        LeastSeconds = leastMinutes * 60,
        MostSeconds = mostMinutes * 60,
        Width = 1920,
        Height = 1080,
        SoundKbps = 128,
        MostBytes = 1_000_000_000,
    };
}
