namespace Classroom.Signaling.Tests;

/// <summary>A clock that stands still until a test moves it; its timers never fire, so that nothing ticks behind a test's back.</summary>
internal sealed class StillTime : TimeProvider
{
    // In the future of any machine that runs this: cookies made at this time are not over.
    private DateTimeOffset _now = new(2045, 3, 6, 1, 0, 0, TimeSpan.Zero);

    public DateTime UtcNow => _now.UtcDateTime;

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

    public void Advance(TimeSpan time) => _now += time;

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
