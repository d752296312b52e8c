using System.Threading.Channels;
using Classroom.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

/// <summary>Carries the recorder's troubles into the lessons' timelines, without holding the recorder up.</summary>
internal sealed partial class RecordingAlarm(LessonRooms rooms, ILogger<RecordingAlarm> logger) : BackgroundService, IRecordingAlarm
{
    private readonly Channel<(string LessonId, string? Trouble)> _reports = Channel.CreateUnbounded<(string, string?)>(new() { SingleReader = true });

    public void Report(string lessonId, string? trouble) => _reports.Writer.TryWrite((lessonId, trouble));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (lessonId, trouble) in _reports.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await (rooms.Find(lessonId)?.RecordingTroubleAsync(trouble) ?? Task.CompletedTask);
            }
            catch (Refusal refusal)
            {
                Log.Lost(logger, lessonId, trouble, refusal.Code);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Lesson {LessonId}: the trouble {Trouble} did not reach the timeline ({Code}).")]
        public static partial void Lost(ILogger logger, string lessonId, string? trouble, string code);
    }
}
