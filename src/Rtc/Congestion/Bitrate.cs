namespace Classroom.Rtc.Congestion;

/// <summary>A rate of data. Never negative in a sane program; arithmetic does not check.</summary>
/// <param name="BitsPerSecond">Bits per second.</param>
public readonly record struct Bitrate(long BitsPerSecond) : IComparable<Bitrate>
{
    /// <summary>Nothing.</summary>
    public static readonly Bitrate Zero;

    /// <summary>More than any line; used for "no ceiling".</summary>
    public static readonly Bitrate Unlimited = new(long.MaxValue / 16);

    public double KilobitsPerSecond => BitsPerSecond / 1000.0;

    public static Bitrate FromKilobits(double kilobitsPerSecond) => new((long)(kilobitsPerSecond * 1000));

    /// <summary>What so many bytes in so much time amount to; <see cref="Unlimited"/> for no time at all.</summary>
    public static Bitrate Of(long bytes, TimeSpan time) =>
        time > TimeSpan.Zero ? new(bytes * 8 * TimeSpan.TicksPerSecond / time.Ticks) : Unlimited;

    public static Bitrate operator +(Bitrate left, Bitrate right) => new(left.BitsPerSecond + right.BitsPerSecond);

    public static Bitrate operator -(Bitrate left, Bitrate right) => new(left.BitsPerSecond - right.BitsPerSecond);

    public static Bitrate operator *(Bitrate left, double factor) => new((long)(left.BitsPerSecond * factor));

    public static double operator /(Bitrate left, Bitrate right) => (double)left.BitsPerSecond / right.BitsPerSecond;

    public static bool operator <(Bitrate left, Bitrate right) => left.BitsPerSecond < right.BitsPerSecond;

    public static bool operator >(Bitrate left, Bitrate right) => left.BitsPerSecond > right.BitsPerSecond;

    public static bool operator <=(Bitrate left, Bitrate right) => left.BitsPerSecond <= right.BitsPerSecond;

    public static bool operator >=(Bitrate left, Bitrate right) => left.BitsPerSecond >= right.BitsPerSecond;

    public static Bitrate Min(Bitrate left, Bitrate right) => left < right ? left : right;

    public static Bitrate Max(Bitrate left, Bitrate right) => left > right ? left : right;

    /// <summary>Bytes that pass in that time.</summary>
    public double BytesIn(TimeSpan time) => BitsPerSecond / 8.0 * time.TotalSeconds;

    public int CompareTo(Bitrate other) => BitsPerSecond.CompareTo(other.BitsPerSecond);

    public override string ToString() => $"{BitsPerSecond / 1000} kbit/s";
}
