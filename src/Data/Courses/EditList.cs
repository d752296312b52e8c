using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Data;

/// <summary>
/// The decision list of a micro-course: what is cut from the lesson, how it is laid out, what stands around it and what must not be
/// seen or heard. Nothing in it is rendered yet. Times are those of the lesson clock unless said otherwise.
/// </summary>
public sealed record EditList(IReadOnlyList<EditClip> Clips)
{
    public static readonly EditList Empty = new([]);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>片头: the title card before the first clip; null: none.</summary>
    public EditCard? Opening { get; init; }

    /// <summary>片尾: the card after the last clip; null: none.</summary>
    public EditCard? Closing { get; init; }

    public IReadOnlyList<EditBlur> Blurs { get; init; } = [];

    public IReadOnlyList<EditMute> Mutes { get; init; } = [];

    /// <summary>Null: the film's own choice.</summary>
    public EditCover? Cover { get; init; }

    /// <summary>Length of the film with its cards. Wraps rather than throws for absurd clips, which are refused when saved.</summary>
    public long DurationMs => Clips.Aggregate(
        unchecked((Opening?.LengthMs ?? 0L) + (Closing?.LengthMs ?? 0L)), (sum, clip) => unchecked(sum + clip.OutMs - clip.InMs));

    /// <summary>Whether words of the catalogue stand in the film itself.</summary>
    public bool HasCards() => Opening is not null || Closing is not null;

    /// <summary>Reads <see cref="MicroCourse.EditJson"/>, also as earlier versions wrote it.</summary>
    public static EditList Parse(string json) =>
        JsonSerializer.Deserialize<EditList>(json, Json) is { Clips: not null } edit ? edit.WithoutNulls() : Empty;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Whether both give the same film and cover.</summary>
    public bool IsSameAs(EditList other) => ToJson() == other.ToJson();

    /// <summary>Lists that a client left out arrive as null, whatever the types say.</summary>
    public EditList WithoutNulls() => this with
    {
        Clips = [.. (Clips ?? []).Select(clip => clip with { Seats = clip.Seats ?? [] })],
        Opening = Opening is null ? null : Opening with { Text = Opening.Text ?? "" },
        Closing = Closing is null ? null : Closing with { Text = Closing.Text ?? "" },
        Blurs = [.. (Blurs ?? []).Select(blur => blur with { Seat = blur.Seat ?? "" })],
        Mutes = Mutes ?? [],
    };
}
