using System.Buffers.Text;
using System.Text.Json;
using Classroom.Data;

namespace Classroom.Recorder.Tests.Boards;

/// <summary>Timelines with slides and ink, as the server stores them.</summary>
internal static class Drawn
{
    public const string TeacherId = "teacher";
    public const string PupilId = "pupil";

    /// <summary>One event a second, from the bell on.</summary>
    public static List<TimelineEvent> Timeline(params (string Kind, object Body, string Who)[] events) =>
        [.. events.Select((e, i) => Event(i * 1000L, e.Kind, e.Body, e.Who, i + 1))];

    public static TimelineEvent Event(long at, string kind, object body, string who = TeacherId, long seq = 1, string audience = "all") =>
        new() { LessonId = "lesson", Seq = seq, At = at, Who = who, Kind = kind, Body = body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Audience = audience };

    public static (string Kind, object Body, string Who) Show(string? surface) => ("surface.show", new { surface }, TeacherId);

    public static (string Kind, object Body, string Who) Draw(string id, string surface = "board/1", bool isPrivate = false, string who = TeacherId) =>
        ("stroke", Stroke(id, surface, isPrivate: isPrivate), who);

    public static (string Kind, object Body, string Who) Gone(params string[] ids) => ("stroke.gone", new { ids }, TeacherId);

    public static (string Kind, object Body, string Who) Recording(string state) => ("recording", new { state }, "server");

    public static object Stroke(string id, string surface = "board/1", string tool = "pen", string color = "red", double width = 8, bool isPrivate = false, string? points = null) =>
        new { id, surface, tool, color, width, points = points ?? Points(false, (0.1, 0.1, 0.5), (0.9, 0.1, 0.5)), isPrivate };

    /// <summary>As the page codes them.</summary>
    public static string Points(bool hasPressure, params (double X, double Y, double Pressure)[] points)
    {
        var bytes = new List<byte> { (byte)(hasPressure ? 1 : 0) };
        var (x, y, pressure) = (0, 0, 0);
        foreach (var point in points)
        {
            Add(bytes, (int)Math.Round(point.X * 8192), ref x);
            Add(bytes, (int)Math.Round(point.Y * 8192), ref y);
            if (hasPressure)
            {
                Add(bytes, (int)Math.Round(point.Pressure * 31), ref pressure);
            }
        }

        return Base64Url.EncodeToString([.. bytes]);
    }

    private static void Add(List<byte> bytes, int value, ref int before)
    {
        var difference = value - before;
        var zigzag = (uint)((difference << 1) ^ (difference >> 31));
        before = value;
        for (; zigzag >= 0x80; zigzag >>= 7)
        {
            bytes.Add((byte)((zigzag & 0x7F) | 0x80));
        }

        bytes.Add((byte)zigzag);
    }
}
