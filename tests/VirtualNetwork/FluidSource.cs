using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.VirtualNetwork;

/// <summary>Sends exactly what the estimate allows, up to a ceiling.</summary>
internal sealed class FluidSource : IVirtualSource
{
    private static readonly Bitrate s_most = Bitrate.FromKilobits(10_000);
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(5);
    private Instant _last = new(0);
    private double _due;
    private double _rate;

    public IReadOnlyList<string> Parts { get; } = ["data"];

    public IReadOnlyList<double> CurrentKilobits => [_rate];

    public void Step(SubscriberLink link, Instant now)
    {
        if (now - _last < s_pace)
        {
            return;
        }

        link.Bandwidth.Wanted = s_most;
        var rate = Bitrate.Min(link.Bandwidth.Estimate, s_most);
        _rate = rate.KilobitsPerSecond;
        _due += rate.BytesIn(now - _last);
        _last = now;
        for (; _due >= VirtualPacket.FullSize; _due -= VirtualPacket.FullSize)
        {
            link.Send(new VirtualPacket(VirtualPacket.Anonymous, null, 0, VirtualPacket.FullSize), now);
        }
    }

    public Bitrate Ideal(Bitrate capacity) => Bitrate.Min(capacity, s_most);

    public double Share(double loss) => 1;

    public bool IsPaused(int stream) => true;

    public void OnKeyframeRequest(int stream, Instant now)
    {
    }
}
