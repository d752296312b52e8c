namespace Classroom.Rtc;

/// <summary>A point on one monotonic clock. Protocol code takes it as an argument and never reads a clock itself.</summary>
/// <param name="Ticks">100-nanosecond units since the clock's arbitrary origin.</param>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>Before everything that happens.</summary>
    public static Instant MinValue => new(long.MinValue / 4);

    /// <summary>Later than any timer; used for "no timer is set".</summary>
    public static Instant Never => new(long.MaxValue / 4);

    /// <summary>Microseconds since the origin.</summary>
    public long Microseconds => Ticks / 10;

    /// <summary>Milliseconds since the origin.</summary>
    public long Milliseconds => Ticks / TimeSpan.TicksPerMillisecond;

    public static Instant FromMilliseconds(long milliseconds) => new(milliseconds * TimeSpan.TicksPerMillisecond);

    public static Instant operator +(Instant left, TimeSpan right) => new(left.Ticks + right.Ticks);

    public static Instant operator -(Instant left, TimeSpan right) => new(left.Ticks - right.Ticks);

    public static TimeSpan operator -(Instant left, Instant right) => new(left.Ticks - right.Ticks);

    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    public static Instant Min(Instant left, Instant right) => left < right ? left : right;

    public static Instant Max(Instant left, Instant right) => left > right ? left : right;

    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);
}
