using System.Globalization;
using Classroom.Recorder.Capture;
using Classroom.Recorder.Matroska;
using Classroom.Recorder.Tests.Media;

namespace Classroom.Recorder.Tests.Kills;

/// <summary>A writer in a process of its own, killed at a random moment.</summary>
public sealed class KilledWriterTests
{
    private const int MostLines = 4_000;

    [Fact]
    public Task A_killed_writer_loses_at_most_the_open_cluster() => KillAsync(rounds: 5);

    [Fact, Trait("Category", "Long")]
    public Task Fifty_killed_writers_lose_at_most_the_open_cluster() => KillAsync(rounds: 50);

    private static async Task KillAsync(int rounds)
    {
        var moments = Moments.New();
        for (var round = 0; round < rounds; round++)
        {
            using var folder = new TempFolder();
            using var writer = new ChildProcess(WriterProcess.Name, folder.Path);
            var written = 0L;
            for (var left = moments.Next(1, MostLines); left > 0 && await writer.ReadLineAsync() is { } line; left--)
            {
                written = long.Parse(line, CultureInfo.InvariantCulture);
            }

            await writer.KillAsync();

            var path = folder.File(WriterProcess.Header.File);
            Assert.True(MatroskaFinisher.Finish(path) >= written - ClusterWriter.MaxMilliseconds, $"round {round}: {written} ms were taken");
            Tool.Ffmpeg($"-i {path} -f null -");
        }
    }
}
