using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding.Layers;
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
    private const int VideoCapacity = 1024;
    private const int AudioCapacity = 128;
    private static readonly TimeSpan s_keepVideo = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_keepAudio = TimeSpan.FromSeconds(1);

    // The payload of a packet that is nothing but padding, cut to its count byte.
    private static readonly byte[] s_paddingOnly = [1];

    private readonly MediaLoop _loop;
    private int _spatialLayers;

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
        Intake = new EncodingIntake(loop, this);
    }

    public Publication Publication { get; }

    public string Rid { get; }

    /// <summary>Place among the publication's encodings: 0 is the smallest picture.</summary>
    public int Index { get; set; }

    public PacketStore Store { get; }

    /// <summary>Where its packets come in.</summary>
    public EncodingIntake Intake { get; }

    public IncomingStream Incoming { get; }

    public KeyframeRequester Keyframes { get; } = new();

    /// <summary>AV1 only, and only where the publisher sends them.</summary>
    public DescriptorStore? Descriptors { get; private set; }

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

    /// <summary>The publisher describes its frames by this extension.</summary>
    public void ReadDescriptors(byte extension) => Descriptors = new DescriptorStore(VideoCapacity, extension);

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

    public void OnSenderReport(in SenderInfo info, Instant now, TimeSpan roundTrip)
    {
        if (info.Ssrc != Ssrc)
        {
            return;
        }

        Incoming.OnSenderReport(info.NtpTimestamp, now);
        Publication.Activity[Index].Report = new SourceTime(info.NtpTimestamp, info.RtpTimestamp + Intake.TimestampOffset, now);
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
}
