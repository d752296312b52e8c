using Classroom.Signaling.Contracts;
using Microsoft.Extensions.Logging;

namespace Classroom.Signaling.Live;

internal sealed partial class LessonRoom
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Lesson {LessonId}: commit attempt {Attempt} failed.")]
        public static partial void CommitRetried(ILogger logger, string lessonId, int attempt, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Lesson {LessonId}: events could not be stored; their callers were told.")]
        public static partial void CommitFailed(ILogger logger, string lessonId, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "Lesson {LessonId}: the media server refused ({Code}): {Reason}")]
        public static partial void MediaRefused(ILogger logger, string lessonId, string code, string reason);

        [LoggerMessage(4, LogLevel.Error, "Lesson {LessonId}: something after a commit failed.")]
        public static partial void EffectFailed(ILogger logger, string lessonId, Exception exception);

        [LoggerMessage(5, LogLevel.Error, "Lesson {LessonId}: a batch of work failed.")]
        public static partial void BatchFailed(ILogger logger, string lessonId, Exception exception);

        [LoggerMessage(6, LogLevel.Information, "Lesson {LessonId}: {ParticipantId} joined as {Role}.")]
        public static partial void Joined(ILogger logger, string lessonId, string participantId, LessonRole role);

        [LoggerMessage(7, LogLevel.Information, "Lesson {LessonId}: {Step}.")]
        public static partial void Step(ILogger logger, string lessonId, string step);
    }
}
