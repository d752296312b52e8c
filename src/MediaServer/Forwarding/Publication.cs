using System.Runtime.CompilerServices;
using Classroom.MediaServer.Audio;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Rooms;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>A track someone sends: takes its packets, keeps the last of them, and knows who receives them.</summary>
internal sealed class Publication : IDisposable
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

    public Publication(MediaLoop loop, Participant owner, PeerTransport transport, PublicationInfo info, string mid, RtpCodec codec)
    {
        _loop = loop;
        Owner = owner;
        Transport = transport;
        Info = info;
        Mid = mid;
        Codec = codec;
        var video = info.Kind == MediaKind.Video;
        Store = new PacketStore(video ? VideoCapacity : AudioCapacity, video ? s_keepVideo : s_keepAudio);
        Incoming = new IncomingStream(info.ClockRate, codec.Feedback.Contains("nack", StringComparer.Ordinal));
        Sinks = new SinkList(loop);
        Voice = video ? null : new Voice(info);
    }

    public PublicationInfo Info { get; }

    public Participant Owner { get; }

    public PeerTransport Transport { get; }

    public string Mid { get; }

    public RtpCodec Codec { get; }

    public PacketStore Store { get; }

    public IncomingStream Incoming { get; }

    public KeyframeRequester Keyframes { get; } = new();

    public List<Subscription> Subscriptions { get; } = [];

    public SinkList Sinks { get; }

    /// <summary>Of sound only.</summary>
    public Voice? Voice { get; }

    /// <summary>Id of the extension that says how loud a packet is (RFC 6464); 0 when not agreed on.</summary>
    public byte LevelExtension { get; set; }

    /// <summary>Source that sends now; 0 before the first packet.</summary>
    public uint Ssrc { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Of the source that sends now, on the publication's own unbroken time line.</summary>
    public SourceTime LastReport { get; private set; }

    /// <summary>Slots of the store that this batch filled.</summary>
    public int[] PendingSlots { get; } = new int[MediaLoop.LargestBatch];

    public int PendingCount { get; set; }

    /// <summary>More packets of the frame that came last are to be expected, and there is room for them.</summary>
    public bool IsInFrame => Info.Kind == MediaKind.Video && PendingCount is > 0 and < MediaLoop.LargestBatch / 2 && !Store[PendingSlots[PendingCount - 1]].Marker;

    private bool IsMuted => Owner.IsMuted && Info.Kind == MediaKind.Audio;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Receive(in RtpPacket packet, Instant now)
    {
        if (packet.PayloadType != Codec.PayloadType)
        {
            _loop.Counters.Refuse(Refusal.UnknownSource);
            return;
        }

        var sequence = Follow(packet, now);
        if (!Incoming.OnPacket(packet, now))
        {
            Keyframes.Want(now);
        }

        if (IsMuted)
        {
            // Nobody hears it and no recording keeps it; the numbers close up when it goes on.
            _paused = true;
            return;
        }

        Sinks.OnRtp(packet.Data, now);
        if (!IsHeard(packet, now))
        {
            // As with muting, but the recording has it.
            _paused = true;
            return;
        }

        if (_paused)
        {
            _paused = false;
            _source.Resume(sequence, packet.Timestamp, Elapsed(now));
            LastReport = default;
        }

        _lastArrival = now;
        if (_source.TryMap(sequence, packet.Timestamp, out var mapped, out var timestamp))
        {
            Keep(packet, mapped, timestamp, now);
        }
    }

    /// <summary>Makes packets that differ by one byte equal, so that they leave in one run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LevelSizes()
    {
        for (var start = 0; start < PendingCount;)
        {
            int least = Store[PendingSlots[start]].Length;
            var most = least;
            var end = start + 1;
            for (; end < PendingCount; end++)
            {
                int length = Store[PendingSlots[end]].Length;
                if (Math.Max(most, length) - Math.Min(least, length) > 1)
                {
                    break;
                }

                (least, most) = (Math.Min(least, length), Math.Max(most, length));
            }

            for (var i = start; i < end && most > least; i++)
            {
                if (Store[PendingSlots[i]].Length == least)
                {
                    Store.Pad(PendingSlots[i]);
                }
            }

            start = end;
        }
    }

    public void OnSenderReport(in SenderInfo info, Instant now, TimeSpan roundTrip)
    {
        if (info.Ssrc != Ssrc)
        {
            return;
        }

        Incoming.OnSenderReport(info.NtpTimestamp, now);
        LastReport = new SourceTime(info.NtpTimestamp, info.RtpTimestamp + _source.TimestampOffset, now);
        Sinks.OnSenderReport(info.NtpTimestamp, info.RtpTimestamp, now, roundTrip);
    }

    public void Close()
    {
        IsClosed = true;
        foreach (var subscription in Subscriptions)
        {
            subscription.Detach();
        }

        Subscriptions.Clear();
        PendingCount = 0;
    }

    public void Dispose() => Store.Dispose();

    private bool IsHeard(in RtpPacket packet, Instant now)
    {
        if (Voice is null)
        {
            return true;
        }

        if (LevelExtension != 0 && packet.TryGetExtension(LevelExtension, out var value) && AudioLevel.TryRead(value, out var level))
        {
            Voice.OnLevel(level, now);
        }

        return Voice.IsHeard;
    }

    private long Follow(in RtpPacket packet, Instant now)
    {
        if (_hasSource && packet.Ssrc == Ssrc)
        {
            return _unwrapper.Unwrap(packet.SequenceNumber);
        }

        Ssrc = packet.Ssrc;
        _unwrapper = default;
        Incoming.Restart(packet.Ssrc);
        LastReport = default;
        var sequence = _unwrapper.Unwrap(packet.SequenceNumber);
        if (_hasSource)
        {
            _source.Resume(sequence, packet.Timestamp, Elapsed(now));
        }
        else
        {
            _source.Start(sequence, packet.Timestamp, sequence, packet.Timestamp);
        }

        _hasSource = true;
        return sequence;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(in RtpPacket packet, long sequence, uint timestamp, Instant now)
    {
        var entry = new PacketStore.Entry
        {
            Sequence = sequence,
            Timestamp = timestamp,
            Marker = packet.Marker,
            Padded = packet.PaddingLength > 0,
            StartsKeyframe = KeyframeDetector.StartsKeyframe(Info.Codec, packet.Payload),
            At = now,
        };
        // Padding that probes for bandwidth says nothing to subscribers, but its number must not be missing.
        var payload = packet.Payload.IsEmpty && entry.Padded ? s_paddingOnly : packet.Data[packet.HeaderLength..];
        if (!Store.TryAdd(entry, payload, out var slot))
        {
            _loop.Counters.Refuse(Refusal.Duplicate);
            return;
        }

        if (entry.StartsKeyframe)
        {
            Keyframes.Arrived();
        }

        if (Subscriptions.Count == 0)
        {
            return;
        }

        if (PendingCount == 0)
        {
            _loop.Forwarder.Add(this, now);
        }

        PendingSlots[PendingCount++] = slot;
    }

    private uint Elapsed(Instant now) => (uint)Math.Max(1, (now - _lastArrival).Ticks * Info.ClockRate / TimeSpan.TicksPerSecond);
}
