namespace Classroom.Data;

/// <summary>Wakes the workers of this process when something is queued here. Workers of other processes find it when they next look.</summary>
internal sealed class JobBell
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes at the next ring. Take it before looking: a ring during the look is then not missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Ring() => Interlocked.Exchange(ref _next, New()).SetResult();

    // The one who rings goes on at once; the workers wake on threads of their own.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
