using System.Globalization;
using System.Text;
using Classroom.VirtualNetwork;

namespace Classroom.Benchmarks;

/// <summary>Draws one run: capacity, estimate and what is sent above, the waiting time of the queue below.</summary>
internal static class NetworkChart
{
    private const int Width = 860;
    private const int Left = 60;
    private const int Right = 20;
    private const int RatesTop = 40;
    private const int RatesHeight = 260;
    private const int QueueTop = 340;
    private const int QueueHeight = 90;
    private const double MostQueueMs = 500;

    // Readable on white by people who do not tell red from green.
    private static readonly string[] s_parts = ["#5e3c99", "#e66101", "#0571b0", "#92c5de"];

    public static string Draw(string title, IReadOnlyList<string> parts, IReadOnlyList<Sample> samples)
    {
        var seconds = samples[^1].Seconds;
        var most = Math.Ceiling(samples.Max(s => Math.Max(s.Capacity, s.Parts.Sum())) * 1.2 / 500) * 500;
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} 480\" font-family=\"sans-serif\" font-size=\"12\">\n");
        Add(svg, $"<rect width=\"{Width}\" height=\"480\" fill=\"#ffffff\"/>\n<text x=\"{Left}\" y=\"16\" font-size=\"14\">{title}</text>\n");
        Grid(svg, seconds, most);
        Areas(svg, samples, parts.Count, seconds, most);
        Line(svg, samples, s => Y(s.Capacity, most), seconds, "#000000", "6 3");
        Line(svg, samples, s => Y(Math.Min(s.Estimate, most), most), seconds, "#ca0020", "none");
        Line(svg, samples, s => QueueTop + QueueHeight - (Math.Min(s.QueueMs, MostQueueMs) / MostQueueMs * QueueHeight), seconds, "#404040", "none");
        Legend(svg, parts);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private static void Grid(StringBuilder svg, double seconds, double most)
    {
        for (double rate = 0; rate <= most; rate += 500)
        {
            Add(svg, $"<path d=\"M{Left} {Y(rate, most):0}H{Width - Right}\" stroke=\"#dddddd\"/><text x=\"{Left - 6}\" y=\"{Y(rate, most) + 4:0}\" text-anchor=\"end\">{rate / 1000:0.0}</text>\n");
        }

        for (var time = 0; time <= seconds; time += 10)
        {
            Add(svg, $"<text x=\"{X(time, seconds):0}\" y=\"{RatesTop + RatesHeight + 16}\" text-anchor=\"middle\">{time} s</text>\n");
        }

        Add(svg, $"<text x=\"{Left - 6}\" y=\"{RatesTop - 8}\" text-anchor=\"end\">Mbit/s</text>\n");
        Add(svg, $"<path d=\"M{Left} {QueueTop}H{Width - Right}M{Left} {QueueTop + QueueHeight}H{Width - Right}\" stroke=\"#dddddd\"/>\n");
        Add(svg, $"<text x=\"{Left - 6}\" y=\"{QueueTop + 4}\" text-anchor=\"end\">{MostQueueMs:0} ms</text><text x=\"{Left - 6}\" y=\"{QueueTop + QueueHeight + 4}\" text-anchor=\"end\">0</text>\n");
    }

    private static void Areas(StringBuilder svg, IReadOnlyList<Sample> samples, int parts, double seconds, double most)
    {
        for (var part = parts - 1; part >= 0; part--)
        {
            Add(svg, $"<path fill=\"{s_parts[part]}\" fill-opacity=\"0.75\" d=\"M{Left} {Y(0, most):0}");
            foreach (var sample in samples)
            {
                Add(svg, $"L{X(sample.Seconds, seconds):0.0} {Y(sample.Parts.Take(part + 1).Sum(), most):0.0}");
            }

            Add(svg, $"L{X(seconds, seconds):0.0} {Y(0, most):0}Z\"/>\n");
        }
    }

    private static void Line(StringBuilder svg, IReadOnlyList<Sample> samples, Func<Sample, double> y, double seconds, string colour, string dashes)
    {
        Add(svg, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dashes}\" points=\"");
        foreach (var sample in samples)
        {
            Add(svg, $"{X(sample.Seconds, seconds):0.0},{y(sample):0.0} ");
        }

        svg.Append("\"/>\n");
    }

    private static void Legend(StringBuilder svg, IReadOnlyList<string> parts)
    {
        var x = Left;
        foreach (var (name, colour) in parts.Select((name, i) => (name, s_parts[i])).Append(("capacity (dashed)", "#000000")).Append(("estimate", "#ca0020")).Append(("waiting in the queue (below)", "#404040")))
        {
            Add(svg, $"<rect x=\"{x}\" y=\"454\" width=\"12\" height=\"12\" fill=\"{colour}\"/><text x=\"{x + 16}\" y=\"464\">{name}</text>\n");
            x += 34 + (name.Length * 7);
        }
    }

    private static double X(double time, double seconds) => Left + (time / seconds * (Width - Left - Right));

    private static double Y(double rate, double most) => RatesTop + RatesHeight - (rate / most * RatesHeight);

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(FormattableString.Invariant(text));
}
