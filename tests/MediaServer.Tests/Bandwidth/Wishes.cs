using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Tests.Bandwidth;

/// <summary>Streams by a short hand, and runs of the allocation in virtual time.</summary>
internal sealed class Wishes
{
    private readonly BandwidthAllocation _allocation = new();

    public Instant Now { get; set; } = Instant.FromMilliseconds(1000);

    public BandwidthAllocation Allocation => _allocation;

    public WantedStream Add(StreamClass streamClass, params int[] kilobits)
    {
        var stream = Stream(streamClass, kilobits);
        _allocation.Add(stream);
        return stream;
    }

    public static WantedStream Stream(StreamClass streamClass, params int[] kilobits)
    {
        var stream = new WantedStream(streamClass);
        for (var i = 0; i < kilobits.Length; i++)
        {
            stream.Layers.Add(new LayerRung(Bitrate.FromKilobits(kilobits[i]), (short)(180 << i), (byte)i, 2));
        }

        return stream;
    }

    /// <summary>Runs ten times a second.</summary>
    public void Run(double seconds, double estimate, double ceiling = 1_000_000, double share = 1_000_000, bool confirmed = false)
    {
        var limits = new BandwidthLimits(Bitrate.FromKilobits(estimate), Bitrate.FromKilobits(ceiling), Bitrate.FromKilobits(share), confirmed);
        for (var end = Now + TimeSpan.FromSeconds(seconds); Now < end; Now += TimeSpan.FromMilliseconds(100))
        {
            _allocation.Run(limits, Now);
        }
    }
}
