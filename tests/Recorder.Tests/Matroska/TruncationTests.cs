using Classroom.Recorder.Matroska;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;

namespace Classroom.Recorder.Tests.Matroska;

/// <summary>A captured file is readable wherever it ends.</summary>
public sealed class TruncationTests
{
    // A cluster is closed by the first frame after its time.
    private const int LongestClusterMs = ClusterWriter.MaxMilliseconds + 100;

    [Fact]
    public void Cut_at_any_byte_the_whole_clusters_before_it_remain()
    {
        using var rig = new CaptureRig();
        rig.Publish("p", "Board", "VP8", new RtpSender(SourceMedia.Make("VP8", 6), new Link(TimeSpan.Zero)).Send(CaptureRig.Bell));
        rig.Run();
        var whole = File.ReadAllBytes(rig.Path(0));
        var clusters = ClustersOf(rig.Path(0));
        Assert.All(clusters.Zip(clusters.Skip(1)), pair => Assert.InRange(pair.Second.TimestampMs - pair.First.TimestampMs, 1, LongestClusterMs));
        var path = rig.Spool.File("cut.mkv");
        var random = new Random(42);
        var readable = 0;
        for (var i = 0; i < 200; i++)
        {
            var length = random.Next(whole.Length);
            File.WriteAllBytes(path, whole.AsSpan(0, length));
            var duration = MatroskaFinisher.Finish(path);
            using var stream = File.OpenRead(path);
            var scan = MatroskaScan.Read(stream);
            Assert.Equal(duration is not null, scan.IsPlayable);
            if (duration is not { } ms)
            {
                continue;
            }

            readable++;
            Assert.True(scan.IsFinished);
            // What is lost is the cluster that was being written: all before it is there.
            var written = clusters.Last(cluster => cluster.Start <= length);
            Assert.InRange(ms, written.TimestampMs - 100, written.TimestampMs + LongestClusterMs);
            if (i % 20 == 0)
            {
                Tool.Ffmpeg($"-xerror -err_detect explode -i {path} -f null -");
                Assert.Equal(ms / 1000.0, CaptureTests.Duration(path), 0.05);
            }
        }

        Assert.InRange(readable, 150, 200);
    }

    [Fact]
    public void A_file_that_was_never_closed_plays_as_it_is()
    {
        using var rig = new CaptureRig();
        rig.Publish("p", "Board", "H264", new RtpSender(SourceMedia.Make("H264", 6), new Link(TimeSpan.Zero)).Send(CaptureRig.Bell));
        rig.Run();
        var whole = File.ReadAllBytes(rig.Path(0));
        var path = rig.Spool.Write("cut.mkv", whole.AsSpan(0, whole.Length * 2 / 3));
        Assert.InRange(CaptureTests.Frames(path, "v:0"), 75, 125);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(40), InlineData(200)]
    public void Without_a_whole_cluster_there_is_nothing_to_play(int length)
    {
        using var folder = new TempFolder();
        var writer = new EbmlWriter();
        MatroskaHeader.Write(writer, new MatroskaTracks(null, HasAudio: true));
        Assert.Null(MatroskaFinisher.Finish(folder.Write("cut.mkv", writer.Written[..Math.Min(length, writer.Length)])));
    }

    [Fact]
    public void Noise_is_not_playable_and_does_no_harm()
    {
        using var folder = new TempFolder();
        var random = new Random(7);
        var noise = new byte[4000];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(noise);
            Assert.Null(MatroskaFinisher.Finish(folder.Write("noise.mkv", noise)));
        }
    }

    private static IReadOnlyList<MatroskaCluster> ClustersOf(string path)
    {
        using var stream = File.OpenRead(path);
        return MatroskaScan.Read(stream).Clusters;
    }
}
