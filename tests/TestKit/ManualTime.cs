namespace Classroom.TestKit;

/// <summary>A clock that a test moves by hand. Timers are not simulated: code under test that needs them gets its own seam.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>A Monday morning before the first bell.</summary>
    public static readonly DateTimeOffset MondayMorning = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    private DateTimeOffset _now = start;

    public ManualTime() : this(MondayMorning)
    {
    }

    public DateTime UtcNow => _now.UtcDateTime;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;
}
