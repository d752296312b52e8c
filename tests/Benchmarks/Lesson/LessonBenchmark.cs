using System.Diagnostics;
using System.Globalization;
using Classroom.TestKit;

namespace Classroom.Benchmarks.Lesson;

/// <summary>
/// How soon everybody in a lesson hears of what one of them does, and what that costs the server, in lessons of 50 to 500 pages.
/// Every page checks that it heard everything once.
/// </summary>
public static class LessonBenchmark
{
    private static readonly int[] s_sizes = [52, 100, 200, 500];
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(20);

    /// <summary>Prints one row of Markdown for each size.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("| pages | joins/s | told per second | heard after, p50 / p99 ms | acknowledged after, p50 / p99 ms | server, % of a core | RSS MB | lost or doubled |");
        Console.WriteLine("| --- |" + string.Concat(Enumerable.Repeat(" ---: |", 7)));
        foreach (var size in s_sizes)
        {
            Console.WriteLine(await MeasureAsync(size, cancellationToken));
        }
    }

    private static async Task<string> MeasureAsync(int size, CancellationToken cancellationToken)
    {
        // The server on core 0; whoever starts this puts it on core 1.
        await using var server = await ServerProcess.StartAtAsync(new ServerPlace("localhost", ["taskset", "-c", "0"]), cancellationToken);
        using var lesson = await LoadedLesson.OpenAsync(server);
        var heard = new Spread();
        var joining = Stopwatch.StartNew();
        await using var room = await LoadedRoom.FillAsync(lesson, size, heard);
        var joinsPerSecond = size / joining.Elapsed.TotalSeconds;
        await room.WarmUpAsync();

        var acts = new RoomActs(room);
        var (before, cpu, clock) = (heard.Count, server.ProcessorTime, Stopwatch.StartNew());
        await acts.RunAsync(s_length, cancellationToken);
        await room.UntilAllHeardAsync();
        var (took, used) = (clock.Elapsed.TotalSeconds, (server.ProcessorTime - cpu).TotalSeconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {size} | {joinsPerSecond:F0} | {(heard.Count - before) / took:F0} | {heard.At(0.5):F1} / {heard.At(0.99):F0} | {acts.Acknowledged.At(0.5):F1} / {acts.Acknowledged.At(0.99):F0} | {used / took * 100:F0} | {server.ResidentBytes / 1e6:F0} | {room.Faults} |");
    }
}
