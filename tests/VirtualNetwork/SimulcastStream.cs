using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding;
using Classroom.Rtc;
using Classroom.Rtc.Congestion;

namespace Classroom.VirtualNetwork;

/// <summary>
/// A camera or screen that is published in simulcast layers, each with three temporal layers, and forwarded at the granted
/// rung. A spatial layer begins with a key frame, which is five frames long and comes some time after it is wanted; until
/// then the old layer is thinned on the way down.
/// </summary>
internal sealed class SimulcastStream
{
    private const double KeyframeFactor = 5;
    private const int PacketBytes = 1150;
    private static readonly TimeSpan s_keyframeDelay = TimeSpan.FromMilliseconds(120);

    // Of four frames, the first is T0, the third T1, the others T2.
    private static readonly int[] s_pattern = [0, 2, 1, 2];

    // A layer's share of the rate by temporal layer: one frame, one frame, two frames of four.
    private static readonly double[] s_share = [0.4, 0.2, 0.4];
    private readonly int _number;
    private readonly double[] _layers;
    private readonly Random _random;
    private readonly TimeSpan _interval;
    private Instant _nextFrame;
    private Instant _switchAt = Instant.Never;
    private int _position;
    private int _spatial = WantedStream.None;
    private long _frame;
    private long _packet;
    private RequestBudget _requests = new();
    private Instant _lastSent = Instant.Never;
    private bool _resumes = true;

    public SimulcastStream(int number, StreamClass streamClass, double framesPerSecond, ReadOnlySpan<LayerRung> rungs, Random random)
    {
        _number = number;
        _random = random;
        _interval = TimeSpan.FromSeconds(1 / framesPerSecond);
        _nextFrame = new Instant(random.NextInt64(_interval.Ticks));
        Wish = new WantedStream(streamClass);
        _layers = new double[3];
        foreach (var rung in rungs)
        {
            Wish.Layers.Add(rung);
            if (rung.Temporal == 2)
            {
                _layers[rung.Spatial] = rung.Rate.BitsPerSecond;
            }
        }
    }

    public WantedStream Wish { get; }

    public void Step(SubscriberLink link, Instant now)
    {
        if (now < _nextFrame)
        {
            return;
        }

        _nextFrame += _interval;
        var temporal = s_pattern[_position++ % s_pattern.Length];
        if (Follow(now))
        {
            Emit(link, KeyframeFactor / 4, isKey: true, now);
        }
        else if (_spatial != WantedStream.None && temporal <= AllowedTemporal())
        {
            Emit(link, s_share[temporal] / (temporal == 2 ? 2 : 1), isKey: false, now);
        }
    }

    public bool IsPaused => _spatial == WantedStream.None;

    public void OnKeyframeRequest(Instant now)
    {
        if (_requests.TryTake(now))
        {
            _switchAt = Instant.Min(_switchAt, now + s_keyframeDelay);
        }
    }

    /// <summary>Moves to the granted spatial layer; true when the frame to send now is its key frame.</summary>
    private bool Follow(Instant now)
    {
        if (Wish.Granted == WantedStream.None)
        {
            _spatial = WantedStream.None;
            _switchAt = Instant.Never;
            _resumes = true;
            return false;
        }

        var wanted = Wish.Layers[Wish.Granted].Spatial;
        if (wanted != _spatial)
        {
            _switchAt = Instant.Min(_switchAt, now + s_keyframeDelay);
        }

        if (now < _switchAt)
        {
            return false;
        }

        _spatial = wanted;
        _switchAt = Instant.Never;
        return true;
    }

    private int AllowedTemporal()
    {
        var rung = Wish.Layers[Wish.Granted];
        return rung.Spatial < _spatial ? 0 : rung.Spatial > _spatial ? 2 : rung.Temporal;
    }

    private void Emit(SubscriberLink link, double share, bool isKey, Instant now)
    {
        var groupBytes = _layers[_spatial] / 8 * _interval.TotalSeconds * 4;
        var bytes = (int)(groupBytes * share * (0.8 + (0.4 * _random.NextDouble()))) + 1;
        var packets = (bytes + PacketBytes - 1) / PacketBytes;
        var gap = _lastSent == Instant.Never ? _interval : now - _lastSent;
        var frame = new VirtualFrame(_frame++, _packet, packets, isKey, gap, _resumes);
        _resumes = false;
        _packet += packets;
        _lastSent = now;
        for (var i = 0; i < packets; i++)
        {
            link.Send(new VirtualPacket(_number, frame, i, (bytes / packets) + 50), now);
        }
    }
}
