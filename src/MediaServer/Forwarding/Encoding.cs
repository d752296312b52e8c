using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// One encoding of a publication, usually the only one: takes the packets of its source, keeps the last of them, and knows
/// what is missing.
/// </summary>
internal sealed class Encoding : IDisposable
{
    private const int VideoCapacity = 1024;
    private const int AudioCapacity = 128;
    private static readonly TimeSpan s_keepVideo = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_keepAudio = TimeSpan.FromSeconds(1);

    // The payload of a packet that is nothing but padding, cut to its count byte.
    private static readonly byte[] s_paddingOnly = [1];

    private readonly MediaLoop _loop;
    private SequenceUnwrapper _unwrapper;
    private RtpRewriter _source;
    private Instant _lastArrival;
    private bool _hasSource;
    private bool _paused;
    private int _spatialLayers;
    private RequestBudget _changes = new();

    /// <param name="loop">Of the room.</param>
    /// <param name="publication">What it encodes.</param>
    /// <param name="rid">Its name (RFC 8851); empty when there is only one.</param>
    public Encoding(MediaLoop loop, Publication publication, string rid)
    {
        _loop = loop;
        Publication = publication;
        Rid = rid;
        var video = publication.Info.Kind == MediaKind.Video;
        Store = new PacketStore(video ? VideoCapacity : AudioCapacity, video ? s_keepVideo : s_keepAudio);
        Incoming = new IncomingStream(publication.Info.ClockRate, publication.Codec.Feedback.Contains("nack", StringComparer.Ordinal));
    }

    public Publication Publication { get; }

    public string Rid { get; }

    /// <summary>Place among the publication's encodings: 0 is the smallest picture.</summary>
    public int Index { get; set; }

    public PacketStore Store { get; }

    public IncomingStream Incoming { get; }

    public KeyframeRequester Keyframes { get; } = new();

    /// <summary>AV1 only, and only where the publisher sends them.</summary>
    public DescriptorStore? Descriptors { get; private set; }

    /// <summary>Rates of the layers within it.</summary>
    public LayerRates Rates { get; } = new();

    /// <summary>Source that sends now; 0 before the first packet.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Pixels of the last key frame; 0 when not known.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels of the last key frame; 0 when not known.</summary>
    public int Height { get; private set; }

    /// <summary>Slots of the store that this batch filled.</summary>
    public int[] PendingSlots { get; } = new int[MediaLoop.LargestBatch];

    public int PendingCount { get; set; }

    /// <summary>More packets of the frame that came last are to be expected, and there is room for them.</summary>
    public bool IsInFrame =>
        Publication.Info.Kind == MediaKind.Video && PendingCount is > 0 and < MediaLoop.LargestBatch / 2 && !Store[PendingSlots[PendingCount - 1]].Packet.Marker;

    /// <summary>The publisher describes its frames by this extension.</summary>
    public void ReadDescriptors(byte extension) => Descriptors = new DescriptorStore(VideoCapacity, extension);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Receive(in RtpPacket packet, Instant now)
    {
        if (packet.PayloadType != Publication.Codec.PayloadType)
        {
            _loop.Counters.Refuse(Refusal.UnknownSource);
            return;
        }

        if (!TryFollow(packet, now, out var sequence))
        {
            _loop.Counters.Refuse(Refusal.UnknownSource);
            return;
        }

        if (!Incoming.OnPacket(packet, now))
        {
            WantKeyframe(now);
        }

        _loop.IsTickDue |= Incoming.HasMissing;
        if (Publication.IsMuted)
        {
            // Nobody hears it and no recording keeps it; the numbers close up when it goes on.
            _paused = true;
            return;
        }

        if (!Publication.IsSimulcast)
        {
            Publication.Sinks.OnRtp(packet.Data, now);
        }

        if (!Publication.IsHeard(packet, now))
        {
            // As with muting, but the recording has it.
            _paused = true;
            return;
        }

        if (_paused)
        {
            _paused = false;
            _source.Resume(sequence, packet.Timestamp, Elapsed(now));
            Publication.Activity[Index].Report = default;
        }

        _lastArrival = now;
        if (_source.TryMap(sequence, packet.Timestamp, out var mapped, out var timestamp))
        {
            Keep(packet, mapped, timestamp, now);
        }
    }

    /// <summary>Somebody cannot go on without a key frame: it is asked for at the next tick.</summary>
    public void WantKeyframe(Instant now)
    {
        Keyframes.Want(now);
        _loop.IsTickDue = true;
    }

    /// <summary>Sequence numbers to ask the publisher for now.</summary>
    public int TakeMissing(Instant now, TimeSpan roundTrip, Span<ushort> destination)
    {
        var count = Incoming.TakeMissing(now, roundTrip, destination);
        _loop.IsTickDue |= Incoming.HasMissing;
        return count;
    }

    /// <summary>A packet that the publisher sent again (RFC 4588), in its original shape. What has come already is counted and dropped.</summary>
    public void ReceiveRepair(in RtpPacket packet, Instant now)
    {
        // One that is ahead of all others is of a source that was exchanged meanwhile, or its original is just coming.
        var sequence = _unwrapper.Peek(packet.SequenceNumber);
        if (sequence > _unwrapper.Highest || !_source.TryMap(sequence, packet.Timestamp, out var mapped, out var timestamp) || Store.IsPast(mapped))
        {
            _loop.Counters.RepairedInVain++;
            return;
        }

        _loop.Counters.Repaired++;
        Incoming.OnRepair(packet, now);
        if (!Publication.IsSimulcast)
        {
            Publication.Sinks.OnRtp(packet.Data, now);
        }

        Keep(packet, mapped, timestamp, now);
    }

    public void OnSenderReport(in SenderInfo info, Instant now, TimeSpan roundTrip)
    {
        if (info.Ssrc != Ssrc)
        {
            return;
        }

        Incoming.OnSenderReport(info.NtpTimestamp, now);
        Publication.Activity[Index].Report = new SourceTime(info.NtpTimestamp, info.RtpTimestamp + _source.TimestampOffset, now);
        Publication.Sinks.OnSenderReport(this, info, now, roundTrip);
    }

    /// <summary>Makes packets that differ by one byte equal, so that they leave in one run.</summary>
    public void LevelSizes() => SizeLevelling.Apply(Store, PendingSlots.AsSpan(0, PendingCount));

    public void Tick(Instant now)
    {
        Incoming.Tick(now);
        Rates.Tick(now);
    }

    public void Dispose() => Store.Dispose();

    // A publisher may exchange its source, but one that does so all the time is not followed.
    private bool TryFollow(in RtpPacket packet, Instant now, out long sequence)
    {
        sequence = 0;
        if (_hasSource && packet.Ssrc == Ssrc)
        {
            sequence = _unwrapper.Unwrap(packet.SequenceNumber);
            return true;
        }

        if (_hasSource && !_changes.TryTake(now))
        {
            return false;
        }

        Ssrc = packet.Ssrc;
        _unwrapper = default;
        Incoming.Restart(packet.Ssrc);
        Publication.Activity[Index].Report = default;
        sequence = _unwrapper.Unwrap(packet.SequenceNumber);
        Begin(sequence, packet.Timestamp, now);
        return true;
    }

    private void Begin(long sequence, uint timestamp, Instant now)
    {
        if (_hasSource)
        {
            _source.Resume(sequence, timestamp, Elapsed(now));
            Publication.OnSourceChanged(this);
        }
        else
        {
            _source.Start(sequence, timestamp, sequence, timestamp);
        }

        _hasSource = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(in RtpPacket packet, long sequence, uint timestamp, Instant now)
    {
        var entry = new PacketStore.Entry { Padded = packet.PaddingLength > 0 };
        entry.Packet.Sequence = sequence;
        entry.Packet.Timestamp = timestamp;
        entry.Packet.Marker = packet.Marker;
        entry.Packet.At = now;
        var descriptor = default(DependencyDescriptor);
        var isDescribed = Descriptors is not null && Descriptors.TryRead(packet, timestamp, out descriptor, out entry.Packet.Picture);
        if (!isDescribed)
        {
            entry.Packet.Picture = PictureInfo.Read(Publication.VideoCodec, packet.Payload);
        }

        // Padding that probes for bandwidth says nothing to subscribers, but its number must not be missing.
        var payload = packet.Payload.IsEmpty && entry.Padded ? s_paddingOnly : packet.Data[packet.HeaderLength..];
        if (!Store.TryAdd(entry, payload, out var slot))
        {
            _loop.Counters.Refuse(Refusal.Duplicate);
            return;
        }

        if (isDescribed)
        {
            Descriptors!.Keep(slot, packet, in descriptor);
        }
        else
        {
            Descriptors?.Clear(slot);
        }

        Rates.Add(in entry.Packet.Picture, packet.Data.Length);
        if (entry.Packet.Picture.IsKey)
        {
            OnKeyframe(in entry.Packet.Picture, now);
        }

        Publication.OnPacket(this, in entry.Packet, packet, now);
        if (Publication.Subscriptions.Count > 0)
        {
            if (PendingCount == 0)
            {
                _loop.Forwarder.Add(this, now);
            }

            PendingSlots[PendingCount++] = slot;
        }
    }

    private void OnKeyframe(ref readonly PictureInfo picture, Instant now)
    {
        Keyframes.Arrived();
        var size = (picture.Width, picture.Height, Math.Max((byte)1, picture.SpatialLayers));
        if (picture.Height != 0 && size != (Width, Height, _spatialLayers))
        {
            (Width, Height, _spatialLayers) = size;
            Publication.OnSizeChanged(this, _spatialLayers, now);
        }
    }

    private uint Elapsed(Instant now) => (uint)Math.Max(1, (now - _lastArrival).Ticks * Publication.Info.ClockRate / TimeSpan.TicksPerSecond);
}
