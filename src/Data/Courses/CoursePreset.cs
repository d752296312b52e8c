using System.Text.Json;

namespace Classroom.Data;

/// <summary>What a kind of film must be like, as an administrator wrote it down; the kinds that everybody knows need no row.</summary>
public sealed class CoursePreset
{
    public string Id { get; set; } = Ids.New();
    public required string Name { get; set; }

    /// <summary>Read it with <see cref="PresetRules.Parse"/>.</summary>
    public required string RulesJson { get; set; }
    public DateTime UpdatedAt { get; set; }
}

/// <summary>The rules of a preset; what is null may be anything.</summary>
public sealed record PresetRules
{
    public int? LeastSeconds { get; init; }
    public int? MostSeconds { get; init; }

    /// <summary>Of the title card (片头).</summary>
    public int? MostOpeningSeconds { get; init; }

    /// <summary>Of the picture; with <see cref="IsExactSize"/> it must be just this.</summary>
    public int? Width { get; init; }
    public int? Height { get; init; }
    public bool IsExactSize { get; init; }

    /// <summary>Of the film in one file, picture and sound together.</summary>
    public int? LeastKbps { get; init; }
    public int? MostKbps { get; init; }
    public int? SoundKbps { get; init; }
    public long? MostBytes { get; init; }

    public static PresetRules Parse(string json) => JsonSerializer.Deserialize<PresetRules>(json, JsonSerializerOptions.Web) ?? new PresetRules();

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
