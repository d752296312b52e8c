using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.MediaServer.Forwarding.Relays;
using Classroom.MediaServer.Loops;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// One encoding of a publication, usually the only one: keeps the last of its packets, brings them to those who get them
/// now, and knows what is missing.
/// </summary>
internal sealed class Encoding : IDisposable
{
    // The payload of a packet that is nothing but padding, cut to its count byte.
    private static readonly byte[] s_paddingOnly = [1];

    private readonly MediaLoop _loop;
    private EntryPoint _entry;
    private int _spatialLayers;

    /// <param name="loop">Of the room.</param>
    /// <param name="publication">What it encodes.</param>
    /// <param name="rid">Its name (RFC 8851); empty when there is only one.</param>
    /// <param name="ordinal">Its place in the publisher's description.</param>
    public Encoding(MediaLoop loop, Publication publication, string rid, int ordinal)
    {
        _loop = loop;
        Publication = publication;
        Rid = rid;
        Ordinal = ordinal;
        _entry = new EntryPoint(publication.VideoCodec, publication.Rids.Count > 1);
        Store = PacketStore.For(publication.Info.Kind);
        Descriptors = publication.Source.DescriptorExtension is > 0 and var extension ? new DescriptorStore(PacketStore.VideoCapacity, extension) : null;
        Incoming = new IncomingStream(publication.Info.ClockRate, publication.Codec.Feedback.Contains("nack", StringComparer.Ordinal));
        Intake = new EncodingIntake(loop, this);
    }

    public Publication Publication { get; }

    public string Rid { get; }

    /// <summary>Place in the publisher's description, which never changes.</summary>
    public int Ordinal { get; }

    /// <summary>Place among the publication's encodings: 0 is the smallest picture.</summary>
    public int Index { get; set; }

    public PacketStore Store { get; }

    /// <summary>Where its packets come in.</summary>
    public EncodingIntake Intake { get; }

    public IncomingStream Incoming { get; }

    public KeyframeRequester Keyframes { get; } = new();

    /// <summary>AV1 only, and only where the publisher sends them.</summary>
    public DescriptorStore? Descriptors { get; }

    /// <summary>Rates of the layers within it.</summary>
    public LayerRates Rates { get; } = new();

    /// <summary>Source that sends now; 0 before the first packet.</summary>
    public uint Ssrc => Intake.Ssrc;

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

    /// <summary>Keeps a packet, for those who get it now and those who ask for it again.</summary>
    /// <param name="packet">As it came.</param>
    /// <param name="primaryAt">Where the sound's own block begins in a payload with redundancy; 0: there is none.</param>
    /// <param name="sequence">Its place on the encoding's line.</param>
    /// <param name="timestamp">Its time on the encoding's line.</param>
    /// <param name="now">Time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Keep(in RtpPacket packet, int primaryAt, long sequence, uint timestamp, Instant now)
    {
        var entry = new PacketStore.Entry { Padded = packet.PaddingLength > 0, PrimaryAt = (short)primaryAt };
        entry.Packet.Sequence = sequence;
        entry.Packet.Timestamp = timestamp;
        entry.Packet.Marker = packet.Marker;
        entry.Packet.At = now;
        var descriptor = default(DependencyDescriptor);
        var description = Descriptors is null ? default : Descriptors.Find(packet);
        entry.Packet.Picture = description.IsEmpty
            ? PictureInfo.Read(Publication.VideoCodec, packet.Payload)
            : Descriptors!.Read(description, timestamp, out descriptor);

        // Padding that probes for bandwidth says nothing to subscribers, but its number must not be missing.
        var payload = packet.Payload.IsEmpty && entry.Padded ? s_paddingOnly : packet.Data[packet.HeaderLength..];
        if (!TryKeep(in entry, packet.Data.Length, payload, description, in descriptor, now))
        {
            return;
        }

        Publication.Relays?.OnPacket(this, in entry, packet.Data.Length, payload, description);
        if (Publication.IsSimulcast)
        {
            Publication.Sinks.OnEncoding(Index, in entry.Packet, packet, now);
        }
    }

    /// <summary>Keeps a packet that was read; false when it is there already or too old.</summary>
    /// <param name="entry">What was read of it.</param>
    /// <param name="wireLength">Bytes as it came.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="description">Its dependency descriptor; empty when it has none.</param>
    /// <param name="descriptor">The same, read.</param>
    /// <param name="now">Time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryKeep(
        ref readonly PacketStore.Entry entry, int wireLength, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> description, ref readonly DependencyDescriptor descriptor, Instant now)
    {
        if (!Store.TryAdd(entry, payload, out var slot))
        {
            _loop.Counters.Refuse(Refusal.Duplicate);
            return false;
        }

        Descriptors?.Keep(slot, description, in descriptor);
        Rates.Add(in entry.Packet.Picture, wireLength);
        if (entry.Packet.Picture.IsKey)
        {
            Keyframes.Arrived();
            SetSize(entry.Packet.Picture.Width, entry.Packet.Picture.Height, Math.Max((byte)1, entry.Packet.Picture.SpatialLayers), now);
        }

        Publication.OnPacket(this, now);
        if (Publication.Subscriptions.Count > 0)
        {
            if (PendingCount == 0)
            {
                _loop.Forwarder.Add(this, now);
            }

            PendingSlots[PendingCount++] = slot;
        }

        _entry.OnPacket(in entry.Packet);
        return true;
    }

    /// <summary>Slots of what a receiver gets that begins now, besides the batch at hand; none when there is no fresh begin or too much behind it.</summary>
    /// <param name="since">Until then it had packets of this publication.</param>
    /// <param name="slots">Filled in their order.</param>
    /// <param name="now">Time.</param>
    /// <returns>How many there are.</returns>
    public int FindBegin(Instant since, Span<int> slots, Instant now)
    {
        if (!_entry.IsFresh(since, now) || _entry.Newest - _entry.First >= slots.Length)
        {
            return 0;
        }

        var count = 0;
        for (var sequence = _entry.First; sequence <= _entry.Newest; sequence++)
        {
            if (Store.TryFind(sequence, now, out var slot) && !PendingSlots.AsSpan(0, PendingCount).Contains(slot))
            {
                slots[count++] = slot;
            }
        }

        return count;
    }

    /// <summary>Another source sends from now on.</summary>
    public void ForgetBegin() => _entry.Forget();

    /// <summary>The sender's clock; default when it is not known any more.</summary>
    public void SetReport(SourceTime report)
    {
        Publication.Activity[Index].Report = report;
        Publication.Relays?.OnState(this, isAnew: false);
    }

    /// <summary>What a mirror has to know besides the packets.</summary>
    public EncodingState State(bool isAnew) => new(Width, Height, Math.Max(1, _spatialLayers), Publication.Activity[Index].Report, isAnew);

    /// <summary>A mirror learns how the original stands.</summary>
    public void SetState(in EncodingState state, Instant now)
    {
        SetReport(state.Report);
        SetSize(state.Width, state.Height, state.SpatialLayers, now);
        if (state.IsAnew)
        {
            Publication.OnSourceChanged(this);
        }
    }

    public void OnSenderReport(in SenderInfo info, Instant now, TimeSpan roundTrip)
    {
        if (info.Ssrc != Ssrc)
        {
            return;
        }

        Incoming.OnSenderReport(info.NtpTimestamp, now);
        SetReport(new SourceTime(info.NtpTimestamp, info.RtpTimestamp + Intake.TimestampOffset, now));
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

    private void SetSize(int width, int height, int spatialLayers, Instant now)
    {
        if (height != 0 && (width, height, spatialLayers) != (Width, Height, _spatialLayers))
        {
            (Width, Height, _spatialLayers) = (width, height, spatialLayers);
            Publication.OnSizeChanged(this, spatialLayers, now);
        }
    }
}
