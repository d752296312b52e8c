using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.VirtualNetwork;

/// <summary>
/// What a pupil's device receives in a lesson: two voices, the courseware, the staged close-up and a panorama, divided by the
/// allocation that the server uses.
/// </summary>
internal sealed class LessonSource : IVirtualSource
{
    /// <summary>Numbers of the streams.</summary>
    public const int Courseware = 0;

    public const int CloseUp = 1;
    public const int Panorama = 2;
    public const int FirstVoice = 3;
    public const int Voices = 2;
    private const int VoiceBytes = 100;
    private static readonly TimeSpan s_voiceInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_allocationInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_confirmation = TimeSpan.FromSeconds(2);
    private readonly BandwidthAllocation _allocation = new();
    private readonly SimulcastStream[] _videos;
    private readonly WantedStream[] _voices = new WantedStream[Voices];
    private readonly Instant[] _nextVoice = new Instant[Voices];
    private Instant _nextAllocation = new(0);

    public LessonSource(int seed)
    {
        var random = new Random(seed);
        _videos =
        [
            new SimulcastStream(Courseware, StreamClass.Courseware, 10, [Rung(150, 540, 0, 2), Rung(360, 1080, 1, 1), Rung(600, 1080, 1, 2)], random),
            new SimulcastStream(CloseUp, StreamClass.CloseUp, 25, [Rung(150, 180, 0, 2), Rung(300, 360, 1, 1), Rung(500, 360, 1, 2), Rung(900, 720, 2, 1), Rung(1500, 720, 2, 2)], random),
            new SimulcastStream(Panorama, StreamClass.Panorama, 25, [Rung(150, 180, 0, 2), Rung(300, 360, 1, 1), Rung(500, 360, 1, 2)], random),
        ];
        for (var i = 0; i < Voices; i++)
        {
            _voices[i] = new WantedStream(StreamClass.Audio);
            _voices[i].Layers.Add(new LayerRung(Bitrate.Of(VoiceBytes, s_voiceInterval)));
            _allocation.Add(_voices[i]);
            _nextVoice[i] = new Instant(random.NextInt64(s_voiceInterval.Ticks));
        }

        foreach (var video in _videos)
        {
            _allocation.Add(video.Wish);
        }
    }

    public IReadOnlyList<string> Parts { get; } = ["voices", "courseware", "close-up", "panorama"];

    public IReadOnlyList<double> CurrentKilobits =>
    [
        _voices.Sum(v => v.Rate.KilobitsPerSecond),
        _videos[Courseware].Wish.Rate.KilobitsPerSecond,
        _videos[CloseUp].Wish.Rate.KilobitsPerSecond,
        _videos[Panorama].Wish.Rate.KilobitsPerSecond,
    ];

    /// <summary>Packets of the voices so far.</summary>
    public long VoicePackets { get; private set; }

    /// <summary>Changes of what is granted, in all streams together.</summary>
    public int Changes { get; private set; }

    public void Step(SubscriberLink link, Instant now)
    {
        if (now >= _nextAllocation)
        {
            _nextAllocation = now + s_allocationInterval;
            Allocate(link, now);
        }

        for (var i = 0; i < Voices; i++)
        {
            if (now >= _nextVoice[i])
            {
                _nextVoice[i] += s_voiceInterval;
                VoicePackets++;
                link.Send(new VirtualPacket(FirstVoice + i, null, 0, VoiceBytes), now);
            }
        }

        foreach (var video in _videos)
        {
            video.Step(link, now);
        }
    }

    public Bitrate Ideal(Bitrate capacity)
    {
        var streams = _allocation.Streams.ToList();
        foreach (var stream in streams)
        {
            stream.Cap = stream.Top;
        }

        return LayerFill.Run(streams, capacity * (1 / BandwidthAllocation.Margin));
    }

    public double Share(double loss) => 1 - loss;

    public bool IsPaused(int stream) => _videos[stream].IsPaused;

    public void OnKeyframeRequest(int stream, Instant now) => _videos[stream].OnKeyframeRequest(now);

    private void Allocate(SubscriberLink link, Instant now)
    {
        var before = _allocation.Streams.Sum(s => s.Granted << (s.Class == StreamClass.CloseUp ? 8 : 0));
        link.Bandwidth.Wanted = _allocation.Wanted;
        var state = link.Bandwidth.State;
        link.Repeats = RepeatPlan.For(state);
        var isConfirmed = now - state.Confirmed < s_confirmation;
        _allocation.Run(new BandwidthLimits(state.Estimate * link.Repeats.MediaShare, Bitrate.Unlimited, Bitrate.Unlimited, isConfirmed), now);
        Changes += before == _allocation.Streams.Sum(s => s.Granted << (s.Class == StreamClass.CloseUp ? 8 : 0)) ? 0 : 1;
    }

    private static LayerRung Rung(int kilobits, short height, byte spatial, byte temporal) =>
        new(Bitrate.FromKilobits(kilobits), height, spatial, temporal);
}
