using System.Text;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.MediaServer;
using Classroom.Signaling.Lessons;
using Classroom.Signaling.Schools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Diagnostics;

/// <summary>
/// A look into the media of a running lesson, for support: numbers, the trace of one connection, the packets of the room.
/// Administrators and technicians; what can be seen or heard, administrators only. Each look is logged.
/// </summary>
internal static partial class DiagnosticsEndpoints
{
    private const int LongestSeconds = 120;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/admin/lessons/{id}/media")
            .AddEndpointFilter((context, next) => AdminEndpoints.OnlyAsync(context, next, AccountRole.Administrator, AccountRole.Technician));
        group.MapGet("", StatisticsAsync);
        group.MapGet("trace", TraceAsync);
        group.MapGet("dump", Dump);
    }

    private static async Task<IResult> StatisticsAsync(string id, IMediaServer media, CancellationToken ct) =>
        await media.GetStatisticsAsync(id, ct) is { } statistics ? Results.Ok(statistics) : NotOpen();

    /// <param name="id">Of the lesson.</param>
    /// <param name="participant">As in the numbers of the lesson.</param>
    /// <param name="kind">Which of its two connections.</param>
    /// <param name="seconds">How long, 10 unless told.</param>
    private static async Task<IResult> TraceAsync(
        string id, string participant, TransportKind kind, int? seconds, HttpContext context, IMediaServer media, ILogger<TraceText> logger, CancellationToken ct)
    {
        var text = new TraceText();
        IDisposable attached;
        try
        {
            attached = await media.TraceAsync(id, participant, kind, text, ct);
        }
        catch (MediaException refusal)
        {
            return refusal.Code == "limit_reached" ? ApiProblem.Conflict(refusal.Code, refusal.Message) : ApiProblem.NotFound(refusal.Code, refusal.Message);
        }

        Log.Traced(logger, Who(context), id, participant, kind);
        return Results.Stream(
            async output =>
            {
                using (attached)
                {
                    using var until = Until(seconds, ct);
                    await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                    await text.WriteAsync(writer, until.Token);
                }
            },
            "text/plain; charset=utf-8");
    }

    /// <param name="id">Of the lesson.</param>
    /// <param name="seconds">How long, 10 unless told.</param>
    /// <param name="payload">With picture and voice; otherwise headers only.</param>
    private static IResult Dump(string id, int? seconds, bool? payload, HttpContext context, IMediaServer media, ILogger<RoomDump> logger, CancellationToken ct)
    {
        if (!media.IsRoomOpen(id))
        {
            return NotOpen();
        }

        var withPayload = payload is true;
        if (withPayload && !Caller.From(context.User)!.Is(AccountRole.Administrator))
        {
            return LessonEndpoints.NotAllowed();
        }

        Log.Dumped(logger, Who(context), id, withPayload);
        return Results.Stream(
            async output =>
            {
                using var until = Until(seconds, ct);
                using var dump = new RoomDump(media, id, withPayload);
                dump.Start();
                await dump.WriteAsync(output, until.Token);
            },
            "application/octet-stream",
            $"{id}.rtpdump");
    }

    private static CancellationTokenSource Until(int? seconds, CancellationToken ct)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        source.CancelAfter(TimeSpan.FromSeconds(Math.Clamp(seconds ?? 10, 1, LongestSeconds)));
        return source;
    }

    private static string Who(HttpContext context) => Caller.From(context.User)!.AccountId;

    private static ApiProblem NotOpen() => ApiProblem.NotFound("lesson_not_found", "This lesson is not open.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Account} traces a connection: lesson {Lesson}, participant {Participant}, {Kind}.")]
        public static partial void Traced(ILogger logger, string account, string lesson, string participant, TransportKind kind);

        [LoggerMessage(2, LogLevel.Warning, "{Account} dumps the packets of lesson {Lesson}; with picture and voice: {Payload}.")]
        public static partial void Dumped(ILogger logger, string account, string lesson, bool payload);
    }
}
