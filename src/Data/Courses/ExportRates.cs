namespace Classroom.Data;

/// <summary>What an export of a film by a preset is encoded with.</summary>
/// <param name="VideoKbps">Of the picture.</param>
/// <param name="IsConstant">Filled up to its rate also where nothing moves: the preset asks for a least rate.</param>
public sealed record ExportRates(int VideoKbps, int SoundKbps, bool IsConstant)
{
    /// <summary>Below it a film of lesson size is not worth looking at.</summary>
    public const int LeastKbps = 300;

    private const int UsualKbps = 4_000;
    private const int UsualSoundKbps = 128;

    /// <summary>Left for the container, and for the encoder to miss its aim.</summary>
    private const double Fill = 0.96;

    /// <returns>Null when no rate fits: the film is too long for the largest file.</returns>
    public static ExportRates? For(PresetRules rules, long durationMs)
    {
        var sound = rules.SoundKbps ?? UsualSoundKbps;
        var bySize = rules.MostBytes is { } bytes && durationMs > 0 ? bytes * 8.0 / durationMs * Fill : double.MaxValue;

        // Between a least and a most rate the middle: an encoder that misses its aim by a little stays inside.
        var wanted = (rules.LeastKbps, rules.MostKbps) switch
        {
            ({ } least, { } most) => (least + most) / 2.0,
            (null, { } most) => most * Fill,
            ({ } least, null) => Math.Max(least / Fill, UsualKbps),
            _ => UsualKbps,
        };
        var total = Math.Min(wanted, bySize);
        return total < (rules.LeastKbps ?? LeastKbps) ? null : new ExportRates((int)Math.Round(total) - sound, sound, rules.LeastKbps is not null);
    }
}

/// <summary>What an export job is told (<see cref="Job.PayloadJson"/>).</summary>
/// <param name="RenditionId">The film it is made of.</param>
/// <param name="Key">Where the file goes in the object store.</param>
public sealed record ExportOrder(string PresetId, string PresetName, PresetRules Rules, string RenditionId, string Key);
