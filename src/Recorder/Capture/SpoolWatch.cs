using Classroom.Data;
using Microsoft.Extensions.Logging;

namespace Classroom.Recorder.Capture;

/// <summary>Looks at the room left in the spool, and says which lessons are in trouble. Told and asked by the steps of capture only, one at a time.</summary>
/// <param name="freeBytes">Asks the disk of the spool.</param>
internal sealed partial class SpoolWatch(Func<long> freeBytes, IRecordingAlarm? alarm, TimeProvider time, ILogger logger)
{
    // Six seats at 2.5 Mbit/s fill this in nine minutes: time enough to free some.
    public const long LowBytes = 1L << 30;

    // Captures try again every five seconds; a refusal older than two tries is over.
    private static readonly TimeSpan RefusalCounts = TimeSpan.FromSeconds(11);
    private readonly Dictionary<string, DateTimeOffset> _refused = [];
    private readonly Dictionary<string, string?> _told = [];
    private bool _wasLow;

    /// <summary>The disk refused a file of this lesson.</summary>
    public void Refused(string lessonId)
    {
        _refused[lessonId] = time.GetUtcNow();
        Tell(lessonId, IRecordingAlarm.DiskFull);
    }

    /// <summary>Looks again.</summary>
    /// <param name="lessonIds">The open lessons; others are forgotten.</param>
    public void Look(IReadOnlyCollection<string> lessonIds)
    {
        foreach (var gone in _told.Keys.Except(lessonIds).ToList())
        {
            _told.Remove(gone);
            _refused.Remove(gone);
        }

        var isLow = IsLow();
        if (isLow && !_wasLow)
        {
            // Also before the first lesson, when there is time left.
            Log.Low(logger, LowBytes >> 20);
        }

        _wasLow = isLow;
        var since = time.GetUtcNow() - RefusalCounts;
        foreach (var id in lessonIds)
        {
            var isRefused = _refused.TryGetValue(id, out var at) && at > since;
            Tell(id, isRefused ? IRecordingAlarm.DiskFull : isLow ? IRecordingAlarm.DiskLow : null);
        }
    }

    private void Tell(string lessonId, string? trouble)
    {
        if (_told.TryGetValue(lessonId, out var told) && told == trouble)
        {
            return;
        }

        _told[lessonId] = trouble;
        alarm?.Report(lessonId, trouble);
        if (trouble is not null)
        {
            Log.Trouble(logger, lessonId, trouble);
        }
    }

    private bool IsLow()
    {
        try
        {
            return freeBytes() < LowBytes;
        }
        catch (IOException)
        {
            // A folder that cannot be asked refuses files as well, and that is told.
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Lesson {LessonId}: {Trouble} in the spool.")]
        public static partial void Trouble(ILogger logger, string lessonId, string trouble);

        [LoggerMessage(2, LogLevel.Warning, "Less than {Megabytes} MB are free in the spool, where lessons are recorded.")]
        public static partial void Low(ILogger logger, long megabytes);
    }
}
