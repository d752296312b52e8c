using System.Runtime.CompilerServices;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>
/// One receiver's way through a publication's layers: decides about every packet, and gives those that are sent numbers
/// that go on without a gap over switches and left-out pictures.
/// </summary>
internal sealed class LayerPath(VideoCodec codec, int clockRate)
{
    private SequenceMap _map;
    private EncodingSelector _selector = new();
    private LayerFilter _filter = new();
    private PictureNumbers _lastNumbers;
    private uint _lastTimestamp;
    private Instant _lastAt;
    private uint _picture;
    private bool _leavesOut;
    private bool _isSimulcast;
    private byte _spatial = byte.MaxValue;
    private byte _temporal = byte.MaxValue;

    /// <summary>Encoding that is forwarded; −1: none.</summary>
    public int Encoding => _selector.Current;

    /// <summary>Encoding whose key frame is waited for; −1: none.</summary>
    public int Awaited => _selector.IsPending ? _selector.Target : _filter.NeedsKeyframe ? _selector.Current : -1;

    /// <summary>Layers within the encoding that are let through.</summary>
    public LayerCaps Caps => _filter.Caps;

    public bool IsStarted => _map.IsStarted;

    /// <summary>Added to the timestamps of the encoding that is forwarded; for sender reports.</summary>
    public uint TimestampOffset => _map.Now.TimestampOffset;

    /// <summary>Takes the wish into account; called when it changed and about ten times a second.</summary>
    /// <param name="wanted">Layers at most.</param>
    /// <param name="activity">Of the publication's encodings, smallest picture first.</param>
    /// <param name="spatialLayers">Within the one encoding (VP9, AV1); 1 when there are several encodings.</param>
    /// <param name="now">Time.</param>
    public void Update(LayerTarget wanted, ReadOnlySpan<EncodingActivity> activity, int spatialLayers, Instant now)
    {
        _isSimulcast = activity.Length > 1;
        _temporal = wanted.Temporal >= LayerTarget.Highest.Temporal ? byte.MaxValue : (byte)Math.Max(0, wanted.Temporal);
        _spatial = spatialLayers > 1 ? (byte)Math.Clamp(wanted.Spatial, 0, spatialLayers - 1) : byte.MaxValue;
        _selector.Update(wanted.IsPaused ? -1 : _isSimulcast ? wanted.Spatial : 0, activity, now);
        AimFilter();
    }

    /// <summary>What becomes of a packet.</summary>
    /// <param name="encoding">Where it came.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="clocks">Timestamps of both encodings side by side, for a switch.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Placement Place(int encoding, ref readonly LayerPacket packet, EncodingClocks clocks)
    {
        if (encoding != _selector.Current)
        {
            if (!_selector.MayJoin(encoding) || !packet.IsEntry(codec, _isSimulcast))
            {
                return Placement.Skip;
            }

            Join(encoding, in packet, clocks);
        }
        else if (packet.Sequence <= _map.Highest)
        {
            return PlaceLate(in packet);
        }

        return PlaceNext(in packet);
    }

    /// <summary>The packet that was sent under a number, and the same placement again; false when it is not known any more.</summary>
    public bool TryUnmap(ushort outSequence, out int encoding, out long sequence, out Segment segment)
    {
        var found = _map.TryUnmap(outSequence, out sequence, out segment);
        encoding = segment.Encoding;
        return found;
    }

    /// <summary>The placement of a packet within a run.</summary>
    public static Placement Within(ref readonly Segment segment, ref readonly LayerPacket packet) => new(
        segment.Caps.Hold(in packet.Picture) ? PlacementKind.Blank : PlacementKind.Forward,
        packet.Sequence + segment.Offset,
        packet.Timestamp + segment.TimestampOffset,
        packet.Marker || EndsPicture(in packet.Picture, segment.Caps),
        segment.Numbers(in packet.Picture));

    // What lies above the last layer that is let through does not come: its last packet ends the picture.
    private static bool EndsPicture(ref readonly PictureInfo picture, LayerCaps caps) =>
        picture.Has(PictureFlags.End) && picture.Spatial == caps.Spatial;

    private void AimFilter() => _filter.Target = new LayerCaps(_spatial, _selector.IsThinning ? (byte)0 : _temporal);

    private void Join(int encoding, ref readonly LayerPacket packet, EncodingClocks clocks)
    {
        var segment = new Segment { First = packet.Sequence, Encoding = (byte)encoding };
        if (_map.IsStarted)
        {
            var next = PictureAfter(_lastNumbers);
            segment.TimestampOffset = NextTimestamp(packet.Timestamp, packet.At, clocks) - packet.Timestamp;
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
        (ushort)((last.PictureId + 1) & (PictureNumbers.PictureIds - 1)), (byte)(last.BaseIndex + 1), (byte)((last.KeyIndex + 1) & 0x1F));

    // By the sender's own clock where it is known for both encodings, else by arrival; always after the last picture.
    private uint NextTimestamp(uint timestamp, Instant at, EncodingClocks clocks)
    {
        var byArrival = _lastTimestamp + (uint)Math.Max(1, (at - _lastAt).Ticks * clockRate / TimeSpan.TicksPerSecond);
        var next = clocks.TryTranslate(timestamp, clockRate, out var old) ? old + _map.Now.TimestampOffset : byArrival;
        var isPlausible = Math.Abs((int)(next - byArrival)) < clockRate;
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

        if (codec == VideoCodec.Vp9 && packet.Picture.IsStart)
        {
            _filter.OnLayer(in packet.Picture);
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
