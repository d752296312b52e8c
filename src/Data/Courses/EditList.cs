using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Data;

/// <summary>单画面, 双分屏 (side by side), 画中画 (picture in picture).</summary>
public enum EditLayout { Single, SideBySide, PictureInPicture }

/// <summary>The decision list of a micro-course: what is cut from the lesson and how it is laid out. Nothing in it is rendered yet.</summary>
public sealed record EditList(IReadOnlyList<EditClip> Clips)
{
    public static readonly EditList Empty = new([]);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Length of the film. Wraps rather than throws for absurd clips, which are refused when saved.</summary>
    public long DurationMs => Clips.Aggregate(0L, (sum, clip) => unchecked(sum + clip.OutMs - clip.InMs));

    /// <summary>Reads <see cref="MicroCourse.EditJson"/>.</summary>
    public static EditList Parse(string json) =>
        JsonSerializer.Deserialize<EditList>(json, Json) is { Clips: not null } edit ? edit : Empty;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Whether both show the same film.</summary>
    public bool IsSameAs(EditList other) => Clips.Count == other.Clips.Count && Clips.Zip(other.Clips).All(pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(EditClip one, EditClip other) =>
        (one.InMs, one.OutMs, one.Layout) == (other.InMs, other.OutMs, other.Layout) && one.Seats.SequenceEqual(other.Seats, StringComparer.Ordinal);
}

/// <param name="InMs">Start on the lesson clock, in milliseconds.</param>
/// <param name="OutMs">End on the lesson clock, in milliseconds, exclusive.</param>
/// <param name="Seats">Seat references "{classroomId}/{group}" in layout order: one for Single, two for the others (the main picture first).</param>
public sealed record EditClip(long InMs, long OutMs, EditLayout Layout, IReadOnlyList<string> Seats);
