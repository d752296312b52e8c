using System.Runtime.CompilerServices;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>
/// One receiver's way through a publication's layers: decides about every packet, and gives those that are sent numbers
/// that go on without a gap over switches and left-out pictures.
/// </summary>
/// <param name="codec">None for audio.</param>
/// <param name="clockRate">Of the timestamps.</param>
/// <param name="encodings">The publication's, smallest picture first; kept up to date by it.</param>
internal sealed class LayerPath(VideoCodec codec, int clockRate, EncodingActivity[] encodings)
{
    private SequenceMap _map;
    private EncodingSelector _selector = new();
    private LayerFilter _filter = new();
    private PictureNumbers _lastNumbers;
    private uint _lastTimestamp;
    private Instant _lastAt = Instant.MinValue;
    private uint _picture;
    private bool _leavesOut;
    private byte _spatial = byte.MaxValue;
    private byte _temporal = byte.MaxValue;

    /// <summary>Encoding that is forwarded; −1: none.</summary>
    public int Encoding => _selector.Current;

    /// <summary>Encoding whose key frame is waited for; −1: none.</summary>
    public int Awaited => _selector.IsPending ? _selector.Target : _filter.NeedsKeyframe ? _selector.Current : -1;

    /// <summary>Layers within the encoding that are let through.</summary>
    public LayerCaps Caps => _filter.Caps;

    /// <summary>Something is forwarded now.</summary>
    public bool IsStarted => _selector.Current >= 0;

    /// <summary>When the last packet that was forwarded had come.</summary>
    public Instant LastAt => _lastAt;

    private bool IsSimulcast => encodings.Length > 1;

    /// <summary>Added to the timestamps of the encoding that is forwarded; for sender reports.</summary>
    public uint TimestampOffset => _map.Now.TimestampOffset;

    /// <summary>Takes the wish into account; called when it changed and about ten times a second.</summary>
    /// <param name="wanted">Layers at most.</param>
    /// <param name="spatialLayers">Within the one encoding (VP9, AV1); 1 when there are several encodings.</param>
    /// <param name="now">Time.</param>
    public void Update(LayerTarget wanted, int spatialLayers, Instant now)
    {
        _temporal = wanted.Temporal >= LayerTarget.Highest.Temporal ? byte.MaxValue : (byte)Math.Max(0, wanted.Temporal);
        _spatial = spatialLayers > 1 ? (byte)Math.Clamp(wanted.Spatial, 0, spatialLayers - 1) : byte.MaxValue;
        _selector.Update(wanted.IsPaused ? -1 : IsSimulcast ? wanted.Spatial : 0, encodings, now);
        AimFilter();
    }

    /// <summary>What becomes of a packet.</summary>
    /// <param name="encoding">Where it came.</param>
    /// <param name="packet">The packet.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Placement Place(int encoding, ref readonly LayerPacket packet)
    {
        if (encoding != _selector.Current)
        {
            if (!_selector.MayJoin(encoding) || !packet.IsEntry(codec, IsSimulcast))
            {
                return Placement.Skip;
            }

            Join(encoding, in packet);
        }
        else if (packet.Sequence <= _map.Highest)
        {
            return PlaceLate(in packet);
        }

        return PlaceNext(in packet);
    }

    /// <summary>False when nothing of an encoding is of use to this receiver.</summary>
    public bool Follows(int encoding) => encoding == _selector.Current || _selector.MayJoin(encoding);

    /// <summary>The encodings stand in another order now: what was sent cannot be found again, and a key frame is needed.</summary>
    public void OnReordered()
    {
        _map.Forget();
        Rejoin();
    }

    /// <summary>The source of the encoding is another one now: it goes on at a key frame.</summary>
    public void Rejoin() => _selector.Join(-1);

    /// <summary>The packet that was sent under a number, and the same placement again; false when it is not known any more.</summary>
    public bool TryUnmap(ushort outSequence, out long sequence, out Segment segment) => _map.TryUnmap(outSequence, out sequence, out segment);

    /// <summary>The placement of a packet within a run.</summary>
    public static Placement Within(ref readonly Segment segment, ref readonly LayerPacket packet) => new(
        segment.Caps.Hold(in packet.Picture) ? PlacementKind.Blank : PlacementKind.Forward,
        packet.Sequence + segment.Offset,
        packet.Timestamp + segment.TimestampOffset,
        packet.Marker || EndsPicture(in packet.Picture, segment.Caps),
        segment.Caps,
        segment.Numbers(in packet.Picture));

    // What lies above the last layer that is let through does not come: its last packet ends the picture.
    private static bool EndsPicture(ref readonly PictureInfo picture, LayerCaps caps) =>
        picture.Has(PictureFlags.End) && picture.Spatial == caps.Spatial;

    private void AimFilter() => _filter.Target = new LayerCaps(_spatial, _selector.IsThinning ? (byte)0 : _temporal);

    private void Join(int encoding, ref readonly LayerPacket packet)
    {
        var segment = new Segment { First = packet.Sequence, Encoding = (byte)encoding };
        if (_map.IsStarted)
        {
            var next = PictureAfter(_lastNumbers);
            segment.TimestampOffset = NextTimestamp(encoding, in packet) - packet.Timestamp;
            segment.PictureOffset = (ushort)(next.PictureId - packet.Picture.PictureId);
            segment.BaseOffset = (byte)(next.BaseIndex - packet.Picture.BaseIndex);
            segment.KeyOffset = (byte)(next.KeyIndex - packet.Picture.KeyIndex);
        }

        _selector.Join(encoding);
        AimFilter();
        _filter.OnPicture(in packet.Picture, codec);
        segment.Caps = _filter.Caps;
        // Sequence numbers begin low so that early reordering does not look like a wrap.
        _map.Begin(segment, Random.Shared.Next(1000, 30000));
        _picture = packet.Timestamp;
        _leavesOut = false;
    }

    private static PictureNumbers PictureAfter(PictureNumbers last) => new(
        (ushort)(last.PictureId + 1), (byte)(last.BaseIndex + 1), (byte)((last.KeyIndex + 1) & 0x1F));

    // By the sender's own clock where it is known for both encodings, else by arrival; always after the last picture.
    private uint NextTimestamp(int encoding, ref readonly LayerPacket packet)
    {
        var byArrival = _lastTimestamp + (uint)Math.Max(1, (packet.At - _lastAt).Ticks * clockRate / TimeSpan.TicksPerSecond);
        var from = _selector.Current < 0 ? default : encodings[_selector.Current].Report;
        var isKnown = from.TryTranslate(encodings[encoding].Report, packet.Timestamp, clockRate, out var old);
        var next = old + _map.Now.TimestampOffset;
        var isPlausible = isKnown && Math.Abs((int)(next - byArrival)) < clockRate;
        next = isPlausible ? next : byArrival;
        return (int)(next - _lastTimestamp) > 0 ? next : _lastTimestamp + 1;
    }

    private Placement PlaceLate(ref readonly LayerPacket packet) =>
        _map.TryFind(packet.Sequence, out var segment) ? Within(in segment, in packet) : Placement.Skip;

    private Placement PlaceNext(ref readonly LayerPacket packet)
    {
        var closesGap = true;
        if (packet.Timestamp != _picture)
        {
            closesGap = false;
            OnPicture(in packet);
        }

        if (codec is VideoCodec.Vp9 or VideoCodec.Av1 && packet.Picture.IsStart)
        {
            OnLayer(in packet.Picture);
        }

        if (_map.Now.Caps != _filter.Caps)
        {
            _map.SetCaps(packet.Sequence, _filter.Caps);
        }

        if (_filter.Caps.Hold(in packet.Picture))
        {
            // A VP8 picture id is left out with its picture; VP9 pictures refer to each other by the distance of theirs.
            var pictures = codec == VideoCodec.Vp8 && !_leavesOut ? 1 : 0;
            _map.LeaveOut(packet.Sequence, closesGap && _leavesOut, pictures);
            _leavesOut = true;
            return Placement.Skip;
        }

        _leavesOut = false;
        _map.Take(packet.Sequence);
        var placement = Within(in _map.Now, in packet);
        Remember(placement, in packet);
        return placement;
    }

    private void OnLayer(ref readonly PictureInfo picture)
    {
        if (codec == VideoCodec.Av1)
        {
            _filter.OnSwitchPoint(in picture);
        }
        else
        {
            _filter.OnLayer(in picture);
        }
    }

    private void OnPicture(ref readonly LayerPacket packet)
    {
        _picture = packet.Timestamp;
        _leavesOut = false;
        if (packet.Picture.IsKnown)
        {
            _filter.OnPicture(in packet.Picture, codec);
        }
    }

    private void Remember(Placement placement, ref readonly LayerPacket packet)
    {
        _lastTimestamp = placement.Timestamp;
        _lastAt = packet.At;
        if (packet.Picture.IsKnown)
        {
            _lastNumbers = placement.Numbers;
        }
    }
}
