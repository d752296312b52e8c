using System.Text.Json.Nodes;
using System.Xml;
using Classroom.Library.Contracts;
using Classroom.Library.Watching;

namespace Classroom.Library.Statements;

/// <summary>What the xAPI video profile (https://w3id.org/xapi/video, version 1.0) has statements about films carry.</summary>
internal static class VideoProfile
{
    public const string Id = "https://w3id.org/xapi/video";
    public const string ActivityType = "https://w3id.org/xapi/video/activity-type/video";

    private const string Extension = "https://w3id.org/xapi/video/extensions/";

    /// <summary>Of a move; null where the profile has none.</summary>
    public static JsonObject? ResultOf(PlayerMove move, Viewing viewing) => move.Kind switch
    {
        PlayerMoveKind.Initialized => null,
        PlayerMoveKind.Played => Result((Extension + "time", Time(move.AtMs, viewing))),
        PlayerMoveKind.Seeked => Result((Extension + "time-from", Time(move.FromMs, viewing)), (Extension + "time-to", Time(move.AtMs, viewing))),
        _ => Progress(move.AtMs, viewing),
    };

    public static JsonObject ResultOfCompletion(long positionMs, Viewing viewing)
    {
        var result = Progress(positionMs, viewing);
        result["completion"] = true;
        result["duration"] = XmlConvert.ToString(TimeSpan.FromSeconds(SecondMap.Count(viewing.Seconds)));
        return result;
    }

    public static JsonObject Context(LearningVerb verb, Viewing viewing, string sessionId)
    {
        var extensions = new JsonObject { [Extension + "session-id"] = sessionId };
        if (verb is not (LearningVerb.Played or LearningVerb.Seeked))
        {
            extensions[Extension + "length"] = viewing.DurationMs / 1000m;
            extensions[Extension + "completion-threshold"] = CourseStatisticsReader.Completed;
        }

        var category = new JsonObject { ["objectType"] = "Activity", ["id"] = Id };
        return new JsonObject { ["contextActivities"] = new JsonObject { ["category"] = new JsonArray(category) }, ["extensions"] = extensions };
    }

    private static JsonObject Progress(long atMs, Viewing viewing)
    {
        var share = Math.Min(1, Math.Round(SecondMap.Count(viewing.Seconds) * 1000m / Math.Max(1, viewing.DurationMs), 3));
        return Result(
            (Extension + "time", Time(atMs, viewing)),
            (Extension + "progress", share),
            (Extension + "played-segments", PlayedSegments.Of(viewing.Seconds, viewing.DurationMs)));
    }

    private static JsonObject Result(params ReadOnlySpan<(string Name, JsonNode Value)> extensions)
    {
        var all = new JsonObject();
        foreach (var (name, value) in extensions)
        {
            all[name] = value;
        }

        return new JsonObject { ["extensions"] = all };
    }

    /// <summary>Seconds to the millisecond, within the film.</summary>
    private static decimal Time(long ms, Viewing viewing) => Math.Clamp(ms, 0, viewing.DurationMs) / 1000m;
}
