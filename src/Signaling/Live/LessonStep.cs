using Classroom.Data;

namespace Classroom.Signaling.Live;

/// <summary>What can happen to a lesson as a whole.</summary>
internal enum LessonStep { Open, Ring, End, Cancel }

internal static class LessonSteps
{
    /// <summary>The state after the step; null when the step is not possible now.</summary>
    public static LessonState? After(LessonState state, LessonStep step) => (state, step) switch
    {
        (LessonState.Planned, LessonStep.Open) => LessonState.Open,
        (LessonState.Planned, LessonStep.Cancel) => LessonState.Cancelled,
        (LessonState.Open, LessonStep.Ring) => LessonState.Live,
        (LessonState.Open, LessonStep.Cancel) => LessonState.Cancelled,
        (LessonState.Live, LessonStep.End) => LessonState.Ended,
        _ => null,
    };
}
