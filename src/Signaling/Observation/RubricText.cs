using System.Text.Encodings.Web;
using System.Text.Json;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;

namespace Classroom.Signaling.Observation;

/// <summary>A rubric's groups and items: read from the row, checked and written back.</summary>
internal static class RubricText
{
    private const int MostGroups = 12;
    private const int MostItems = 60;
    private const int LongestText = 80;
    private const int HighestScore = 10;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static RubricRow ToRow(Rubric rubric) => new(rubric.Id, rubric.Name, GroupsOf(rubric), rubric.IsDefault);

    public static RubricGroup[] GroupsOf(Rubric rubric) => JsonSerializer.Deserialize<RubricGroup[]>(rubric.Items, Json) ?? [];

    /// <summary>Null when the rubric is good.</summary>
    public static ApiProblem? Complaint(RubricRow? row)
    {
        var groups = row?.Groups ?? [];
        var items = groups.SelectMany(group => group?.Items ?? []).ToList();
        if (Arrival.Clean(row?.Name, LongestText).Length == 0)
        {
            return Bad("name", "A rubric has a name.");
        }

        if (groups.Length is 0 or > MostGroups || groups.Any(group => group is null || Arrival.Clean(group.Name, LongestText).Length == 0))
        {
            return Bad("groups", $"A rubric has 1 to {MostGroups} groups, each with a name.");
        }

        return items.Count is 0 or > MostItems || items.Exists(item => item is null || Arrival.Clean(item.Text, LongestText).Length == 0 || item.MaxScore is < 0 or > HighestScore)
            ? Bad("items", $"A rubric has 1 to {MostItems} items, each with words and a highest score of 0 to {HighestScore}.")
            : null;
    }

    /// <summary>Items keep their ids, so that notes of before stay with them; new ones get theirs.</summary>
    public static void Write(RubricRow row, Rubric rubric, DateTime now)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        rubric.Name = Arrival.Clean(row.Name, LongestText);
        rubric.IsDefault = row.IsDefault;
        rubric.UpdatedAt = now;
        rubric.Items = JsonSerializer.Serialize(
            row.Groups.Select(group => new RubricGroup(Arrival.Clean(group.Name, LongestText), [.. (group.Items ?? []).Select(item => Clean(item, taken))])), Json);
    }

    private static RubricItem Clean(RubricItem item, HashSet<string> taken)
    {
        var id = item.Id is { Length: > 0 and <= 40 } given && taken.Add(given) ? given : Ids.New();
        return item with { Id = id, Text = Arrival.Clean(item.Text, LongestText) };
    }

    private static ApiProblem Bad(string field, string message) => ApiProblem.BadRequest("bad_rubric", message, new ApiProblemField(field, message));
}
