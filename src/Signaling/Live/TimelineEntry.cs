using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Live;

/// <summary>One event of a lesson, as it is kept in memory and sent.</summary>
internal sealed record TimelineEntry(long Seq, long At, string Who, string Kind, JsonElement Body, string Audience, string? Key)
{
    public const string Server = "server";
    public const string All = "all";
    public const string Staff = "staff";

    public EventDto ToDto() => new(Seq, At, Who, Kind, Body);

    public TimelineEvent ToRow(string lessonId) => new()
    {
        LessonId = lessonId,
        Seq = Seq,
        At = At,
        Who = Who,
        Kind = Kind,
        Body = Body.GetRawText(),
        Audience = Audience,
        Key = Key,
    };

    public static TimelineEntry From(TimelineEvent row) =>
        new(row.Seq, row.At, row.Who, row.Kind, JsonSerializer.Deserialize<JsonElement>(row.Body), row.Audience, row.Key);
}
