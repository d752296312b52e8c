using Classroom.Recorder.Contracts;

namespace Classroom.Recorder.Retention;

/// <summary>How fast the store grows, and how long the disk lasts at that pace.</summary>
internal static class StorageForecast
{
    /// <summary>Two days make a line of anything.</summary>
    private const int FewestDays = 3;
    private const double LongestDays = 36_500;

    /// <summary>Slope of the least-squares line through the days, in bytes a day; null while there are too few.</summary>
    public static double? BytesPerDay(IReadOnlyList<StoragePoint> days)
    {
        if (days.Count < FewestDays)
        {
            return null;
        }

        var meanX = days.Average(point => X(point, days[0]));
        var meanY = days.Average(point => (double)point.Bytes);
        var spread = days.Sum(point => Math.Pow(X(point, days[0]) - meanX, 2));
        return days.Sum(point => (X(point, days[0]) - meanX) * (point.Bytes - meanY)) / spread;
    }

    /// <summary>Whole days until nothing is free; null when that is not to be expected.</summary>
    public static int? DaysLeft(double? bytesPerDay, long? freeBytes) =>
        bytesPerDay is > 0 and var pace && freeBytes is { } free && free / pace < LongestDays ? (int)(free / pace) : null;

    private static double X(StoragePoint point, StoragePoint first) => (point.Day - first.Day).TotalDays;
}
