using System.Globalization;
using System.Text;
using Classroom.VirtualNetwork;

namespace Classroom.Benchmarks;

/// <summary>
/// Runs every scenario of the virtual network and writes what they showed: the tables of docs/bandwidth.md and the charts
/// in docs/figures. The same seed gives the same figures on every machine.
/// </summary>
internal static class NetworkBenchmark
{
    private const string Begin = "<!-- figures: begin -->";
    private const string End = "<!-- figures: end -->";

    /// <param name="docs">Folder of the documentation.</param>
    public static void Run(string docs)
    {
        var figures = Directory.CreateDirectory(Path.Combine(docs, "figures")).FullName;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Begin}\n\n");
        Table(text, "A source that sends what it may", FluidColumns, static _ => new FluidSource());
        Table(text, "A lesson", LessonColumns, static seed => new LessonSource(seed));
        text.Append(End);
        Chart(figures, "bandwidth-drop.svg", "3 → 0.5 → 3 Mbit/s", new LessonSource(1));
        Chart(figures, "bandwidth-drop-fluid.svg", "3 → 0.5 → 3 Mbit/s", new FluidSource());
        Chart(figures, "bandwidth-loss.svg", "10 % loss", new LessonSource(1));
        Chart(figures, "bandwidth-outage.svg", "dead for 20 s", new LessonSource(1));
        Replace(Path.Combine(docs, "bandwidth.md"), text.ToString());
        Console.WriteLine(text);
    }

    private static string FluidColumns(RunResult? result) => result is null
        ? "utilisation | queue p50 / p95 ms | settled after s | padding |"
        : Invariant($"{result.Utilisation:P0} | {result.QueueP50:0} / {result.QueueP95:0} | {Settled(result)} | {result.PaddingShare:P1} |");

    private static string LessonColumns(RunResult? result) => result is null
        ? "of the layers that fit | utilisation | queue p95 ms | settled after s | freezes | time frozen | voices lost | longest silence ms | changes of layer | repeats |"
        : Invariant($"{result.OfIdeal:P0} | {result.Utilisation:P0} | {result.QueueP95:0} | {Settled(result)} | {result.Freezes} | {result.FrozenShare:P1} | {result.VoiceLoss:P1} | {result.LongestVoiceGapMs:0} | {result.Changes} | {result.RepeatShare:P0} |");

    private static void Table(StringBuilder text, string title, Func<RunResult?, string> columns, Func<int, IVirtualSource> source)
    {
        var head = columns(null);
        text.Append(CultureInfo.InvariantCulture, $"### {title}\n\n| network | {head}\n| --- |");
        text.Insert(text.Length, " ---: |", head.Count(c => c == '|')).Append('\n');
        foreach (var scenario in Scenario.All)
        {
            var result = Simulation.Run(scenario, source(1));
            text.Append(CultureInfo.InvariantCulture, $"| {scenario.Name} | {columns(result)}\n");
        }

        text.Append('\n');
    }

    // A capacity of zero is settled at once by sending nothing.
    private static string Settled(RunResult result) =>
        string.Join(", ", result.SettleSeconds.Select(s => double.IsFinite(s) ? s.ToString("0.0", CultureInfo.InvariantCulture) : "not"));

    private static void Chart(string folder, string file, string name, IVirtualSource source)
    {
        var result = Simulation.Run(Scenario.All.Single(s => s.Name == name), source);
        File.WriteAllText(Path.Combine(folder, file), NetworkChart.Draw(name, source.Parts, result.Timeline));
    }

    private static void Replace(string path, string figures)
    {
        var page = File.ReadAllText(path);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal) + End.Length;
        File.WriteAllText(path, page[..begin] + figures + page[end..]);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
