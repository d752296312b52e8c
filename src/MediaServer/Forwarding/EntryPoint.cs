using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Where among the packets that are kept a receiver can begin that comes now: at the last key frame, with sound at the last
/// packet. Who joins was heard of a few round trips before its keys are there, and the key frame that was asked for then has
/// often come before them: without this it would be asked for once more.
/// </summary>
/// <param name="codec">None for sound.</param>
/// <param name="isSimulcast">The encoding is one of several.</param>
internal struct EntryPoint(VideoCodec codec, bool isSimulcast)
{
    // What came since the key frame reaches the receiver in one go, and it shows pictures so much later until it has caught up.
    private static readonly TimeSpan s_freshPicture = TimeSpan.FromMilliseconds(250);

    // A packet of sound that comes later than its jitter buffer would wait is of no use.
    private static readonly TimeSpan s_freshSound = TimeSpan.FromMilliseconds(40);

    private bool _isKnown;
    private uint _timestamp;
    private Instant _at;

    /// <summary>Sequence number of its first packet.</summary>
    public long First { get; private set; }

    /// <summary>The last packet that was kept.</summary>
    public long Newest { get; private set; }

    /// <summary>A packet is kept from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnPacket(ref readonly LayerPacket packet)
    {
        Newest = Math.Max(Newest, packet.Sequence);
        if (packet.IsEntry(codec, isSimulcast))
        {
            OnEntry(in packet);
        }
    }

    /// <summary>What was kept is of another source.</summary>
    public void Forget() => _isKnown = false;

    /// <summary>It is there and not too old to begin with.</summary>
    /// <param name="since">A receiver that had packets until then has no use for earlier ones.</param>
    /// <param name="now">Time.</param>
    public readonly bool IsFresh(Instant since, Instant now) =>
        _isKnown && _at > since && now - _at <= (codec == VideoCodec.None ? s_freshSound : s_freshPicture);

    // Several packets of one picture may look like its begin: the first of them is.
    private void OnEntry(ref readonly LayerPacket packet)
    {
        if (!_isKnown || (packet.Timestamp == _timestamp ? packet.Sequence < First : packet.Sequence > First))
        {
            (_isKnown, First, _timestamp, _at) = (true, packet.Sequence, packet.Timestamp, packet.At);
        }
    }
}
