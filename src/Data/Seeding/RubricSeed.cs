using System.Text.Encodings.Web;
using System.Text.Json;

namespace Classroom.Data.Seeding;

/// <summary>The rubric that is there before anybody has made one.</summary>
public static class RubricSeed
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A new row each time: callers may change it.</summary>
    public static Rubric Default() => ToRubric(SeedFiles.Rubrics[0]);

    private static Rubric ToRubric(SeedRubric seed) => new()
    {
        Id = seed.Id,
        Name = seed.Name,
        Items = JsonSerializer.Serialize(seed.Groups, Json),
        IsDefault = true,
    };
}
