using System.Globalization;
using System.Text;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Small pictures of a film in one image, and the WebVTT that says which one belongs to which time (media fragments, #xywh).</summary>
internal sealed record Storyboard(double DurationSeconds)
{
    public const int TileWidth = 160;
    public const int TileHeight = 90;
    public const int Columns = 10;
    private const int MostTiles = 100;

    public double IntervalSeconds => Math.Max(1, Math.Ceiling(DurationSeconds / MostTiles));

    public int Tiles => Math.Max(1, (int)Math.Ceiling(DurationSeconds / IntervalSeconds));

    public int Rows => (Tiles + Columns - 1) / Columns;

    public string Vtt(string image)
    {
        var text = new StringBuilder("WEBVTT\n");
        for (var i = 0; i < Tiles; i++)
        {
            var end = Math.Min(DurationSeconds, (i + 1) * IntervalSeconds);
            text.Append(CultureInfo.InvariantCulture, $"\n{Time(i * IntervalSeconds)} --> {Time(end)}\n{image}#xywh={i % Columns * TileWidth},{i / Columns * TileHeight},{TileWidth},{TileHeight}\n");
        }

        return text.ToString();
    }

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
