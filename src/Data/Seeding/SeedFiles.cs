using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Data.Seeding;

/// <summary>The shapes of the JSON files in <c>seeds/</c>, which are embedded in this assembly.</summary>
internal static class SeedFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static SchoolsFile Schools => Read<SchoolsFile>("schools.json");

    public static PeopleFile People => Read<PeopleFile>("people.json");

    public static SeedVolume[] Catalogue => Read<SeedVolume[]>("catalogue.json");

    public static SeedLesson[] Lessons => Read<SeedLesson[]>("lessons.json");

    public static SeedRubric[] Rubrics => Read<SeedRubric[]>("rubrics.json");

    private static T Read<T>(string name)
    {
        using var stream = typeof(SeedFiles).Assembly.GetManifestResourceStream($"seeds/{name}")!;
        return JsonSerializer.Deserialize<T>(stream, Json)!;
    }
}

internal sealed record SchoolsFile(Region[] Regions, School[] Schools, SeedPair[] Pairs, SeedClassroom[] Classrooms);

internal sealed record SeedPair(string Id, string Name, string[] SchoolIds);

internal sealed record SeedClassroom(string Id, string SchoolId, string Name, SeatKind[] Seats);

/// <param name="Password">Of every account.</param>
internal sealed record PeopleFile(string Password, SeedAccount[] Accounts, SeedClass[] Classes);

internal sealed record SeedAccount(string Id, string UserName, string DisplayName, AccountRole Role, string? SchoolId, string? RegionId, string? Subject);

/// <param name="Pupils">Names in the order of the roll.</param>
internal sealed record SeedClass(string Id, string SchoolId, string Name, string[] Pupils);

/// <param name="Path">学段, 年级, 学科, 版本, 册次.</param>
internal sealed record SeedVolume(string[] Path, SeedUnit[] Units);

internal sealed record SeedUnit(string Name, SeedSection[] Sections);

internal sealed record SeedSection(string Name, string[] Points);

/// <param name="Day">Days after the day of seeding.</param>
/// <param name="Start">Time of the bell, China standard time.</param>
/// <param name="Chapter">Names from the 学段 down to the 课.</param>
internal sealed record SeedLesson(
    string Id, string Title, string Subject, string Grade, RoomKind Kind, int Day, TimeOnly Start, int Minutes, string TeacherId, string PairId,
    string[] Chapter, SeedLessonClassroom[] Classrooms, string? Pin, bool AlwaysOpen);

internal sealed record SeedLessonClassroom(string ClassroomId, string SchoolClassId, bool IsHost);

internal sealed record SeedRubric(string Id, string Name, SeedRubricGroup[] Groups);

internal sealed record SeedRubricGroup(string Name, SeedRubricItem[] Items);

internal sealed record SeedRubricItem(string Id, string Text, int MaxScore);
