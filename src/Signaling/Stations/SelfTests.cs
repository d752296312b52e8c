using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Stations;

/// <summary>What a station found out about itself, as its classroom's row keeps it.</summary>
internal static class SelfTests
{
    private const int MostSeats = 6;
    private const double MostKbps = 10_000_000;
    private const double LongestDelayMs = 60_000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] SeatResults = ["ok", "missing", "still", "later"];
    private static readonly string[] MicrophoneResults = ["ok", "missing", "silent", "unused"];

    /// <summary>Null when there is none yet, or one that cannot be read.</summary>
    public static SelfTestResult? Of(ClassroomRoom classroom)
    {
        if (classroom.SelfTestAt is not { } at || classroom.SelfTest.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<StationSelfTest>(classroom.SelfTest, Json) is { } test && IsSane(test)
                ? new SelfTestResult(DateTime.SpecifyKind(at, DateTimeKind.Utc), test)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write(StationSelfTest test) => JsonSerializer.Serialize(test, Json);

    public static bool IsSane(StationSelfTest? test) =>
        test?.Seats is { Length: <= MostSeats }
        && Array.TrueForAll(test.Seats, seat => seat is not null && Enum.IsDefined(typeof(SeatKind), seat.Seat ?? "") && SeatResults.Contains(seat.Result))
        && MicrophoneResults.Contains(test.Microphone)
        && (test.Link is null || IsSane(test.Link));

    private static bool IsSane(LinkMeasurement link) =>
        link.DownKbps is >= 0 and <= MostKbps && link.UpKbps is >= 0 and <= MostKbps && link.DelayMs is >= 0 and <= LongestDelayMs && link.LossPercent is null or (>= 0 and <= 100);
}
