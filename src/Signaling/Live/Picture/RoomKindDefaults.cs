using System.Text.Json;
using System.Text.Json.Nodes;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using static Classroom.Data.RoomKind;
using static Classroom.Signaling.Contracts.LessonLayout;

namespace Classroom.Signaling.Live.Picture;

/// <summary>What each kind of room (教科技〔2020〕3号) begins with. A lesson stores what differs from its kind.</summary>
internal static class RoomKindDefaults
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<RoomKindDefault> All { get; } =
    [
        // kind                    layout            who chooses        students write to    draw   speak  video on tablets   unknown names
        Row(Dedicated,     SideBySide,       StageMode.Teacher, ChatMode.Everyone,    true,  true,  TabletVideo.Auto, true),
        Row(MasterTeacher, PictureInPicture, StageMode.Teacher, ChatMode.TeacherOnly, false, true,  TabletVideo.Auto, true),
        Row(SchoolNetwork, PictureInPicture, StageMode.Teacher, ChatMode.TeacherOnly, false, false, TabletVideo.On,   true),
        Row(Synchronous,   One,              StageMode.Teacher, ChatMode.Everyone,    true,  true,  TabletVideo.Auto, true),
        Row(Research,      Grid,             StageMode.Speaker, ChatMode.Everyone,    true,  true,  TabletVideo.On,   false),
        Row(Event,         One,              StageMode.Teacher, ChatMode.Off,         false, false, TabletVideo.On,   true),
    ];

    public static RoomKindDefault Of(RoomKind kind) => All.FirstOrDefault(row => row.Kind == kind) ?? All[(int)Synchronous];

    /// <summary>The lesson's settings: its kind's, with what was changed. What cannot be read counts as not changed.</summary>
    public static LessonSettings Of(Lesson lesson)
    {
        var defaults = Of(lesson.Kind).Settings;
        if (string.IsNullOrEmpty(lesson.Settings))
        {
            return defaults;
        }

        try
        {
            var all = JsonSerializer.SerializeToNode(defaults, Json)!.AsObject();
            foreach (var (name, value) in JsonNode.Parse(lesson.Settings)!.AsObject())
            {
                all[name] = value?.DeepClone();
            }

            return all.Deserialize<LessonSettings>(Json) is { } settings && IsValid(settings) ? settings : defaults;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return defaults;
        }
    }

    /// <summary>What differs from the kind's defaults, as the lesson stores it; empty: nothing.</summary>
    public static string Changed(RoomKind kind, LessonSettings settings)
    {
        var defaults = JsonSerializer.SerializeToNode(Of(kind).Settings, Json)!.AsObject();
        var changed = JsonSerializer.SerializeToNode(settings, Json)!.AsObject();
        foreach (var (name, value) in defaults)
        {
            if (JsonNode.DeepEquals(value, changed[name]))
            {
                changed.Remove(name);
            }
        }

        return changed.Count == 0 ? "" : changed.ToJsonString(Json);
    }

    /// <summary>Numbers pass the reader of names: they are looked at here.</summary>
    public static bool IsValid(LessonSettings? settings) =>
        settings is not null && Enum.IsDefined(settings.Layout) && Enum.IsDefined(settings.Stage) && Enum.IsDefined(settings.Chat) && Enum.IsDefined(settings.TabletVideo);

    private static RoomKindDefault Row(RoomKind kind, LessonLayout layout, StageMode stage, ChatMode chat, bool draw, bool speak, TabletVideo video, bool unknownNames) =>
        new(kind, new LessonSettings(layout, stage, chat, draw, speak, video), unknownNames);
}
