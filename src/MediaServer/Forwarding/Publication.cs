using System.Runtime.CompilerServices;
using Classroom.MediaServer.Audio;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.MediaServer.Forwarding.Relays;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Rooms;
using Classroom.Rtc;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>A track someone sends, in one encoding or several at once, and who receives it.</summary>
internal sealed class Publication : IDisposable
{
    private readonly MediaLoop _loop;
    private readonly LayerDemand _demand = new();
    private readonly EncodingSet _encodings;

    /// <param name="loop">Where it is received, or mirrored.</param>
    /// <param name="source">What it is.</param>
    public Publication(MediaLoop loop, PublicationSource source)
    {
        _loop = loop;
        Source = source;
        VideoCodec = PictureInfo.CodecOf(Info.Codec);
        Class = Info.Kind == MediaKind.Audio ? StreamClass.Audio : StreamClass.Rest;
        _encodings = new EncodingSet(Rids.Count == 0 ? [new Encoding(loop, this, "", 0)] : [.. Rids.Select((rid, i) => new Encoding(loop, this, rid, i))]);
        Sinks = new SinkList(loop, this);
        Voice = Info.Kind == MediaKind.Video ? null : new Voice(Info);
    }

    public PublicationSource Source { get; }

    public PublicationInfo Info => Source.Info;

    public Participant Owner => Source.Owner;

    public string Mid => Source.Mid;

    public RtpCodec Codec => Source.Codec;

    public VideoCodec VideoCodec { get; }

    public IReadOnlyList<string> Rids => Source.Rids;

    /// <summary>The way back to the original; null when this is it.</summary>
    public MirrorUplink? Uplink { get; set; }

    /// <summary>The smallest picture first, as soon as sizes are known.</summary>
    public Encoding[] Encodings => _encodings.All;

    /// <summary>Of each encoding.</summary>
    public EncodingActivity[] Activity => _encodings.Activity;

    public bool IsSimulcast => Encodings.Length > 1;

    /// <summary>Layers to choose from: the encodings, or the spatial layers within the one.</summary>
    public int SpatialLayers => IsSimulcast ? Encodings.Length : LayersWithin;

    /// <summary>Spatial layers within an encoding; 1 where there are several encodings.</summary>
    public int LayersWithin { get; private set; } = 1;

    /// <summary>There is something to choose.</summary>
    public bool IsLayered => SpatialLayers > 1;

    public List<Subscription> Subscriptions { get; } = [];

    public SinkList Sinks { get; }

    /// <summary>Branches of the room that get it; null as long as the room was never split.</summary>
    public RelayList? Relays { get; set; }

    /// <summary>Of sound only.</summary>
    public Voice? Voice { get; }

    /// <summary>Id of the extension that says how loud a packet is (RFC 6464); 0 when not agreed on.</summary>
    public byte LevelExtension { get; set; }

    /// <summary>Payload type of retransmissions (RFC 4588); 0: lost packets come again as they were.</summary>
    public byte RtxPayloadType { get; set; }

    /// <summary>Payload type of sound with redundancy (RFC 2198); 0: it comes without.</summary>
    public byte RedPayloadType
    {
        get;
        set
        {
            field = value;
            Encodings[0].Intake.ReadRedundancy(value);
        }
    }

    public bool IsClosed { get; private set; }

    /// <summary>The forwarder has it on its list.</summary>
    public bool IsPending { get; set; }

    public bool IsMuted => Owner.IsMuted && Info.Kind == MediaKind.Audio;

    /// <summary>More packets of a frame are to be expected.</summary>
    public bool IsInFrame => _encodings.IsInFrame;

    /// <summary>Picture lines of a spatial layer; 0 when not known.</summary>
    public int HeightOf(int spatial) => IsSimulcast ? Encodings[spatial].Height : Encodings[0].Height >> (LayersWithin - 1 - spatial);

    /// <summary>What it is to the lesson.</summary>
    public StreamClass Class { get; set; }

    /// <summary>What became of each encoding.</summary>
    public LayerHistory History { get; } = new();

    /// <summary>Lately sent of a layer and what it builds on.</summary>
    public double BitsPerSecond(LayerTarget layer) =>
        IsSimulcast ? Encodings[layer.Spatial].Rates.BitsPerSecond(0, layer.Temporal) : Encodings[0].Rates.BitsPerSecond(layer.Spatial, layer.Temporal);

    /// <summary>Whether a layer comes now.</summary>
    public bool IsFlowing(int spatial) => !IsSimulcast || _encodings.IsFlowing(spatial);

    /// <summary>The highest layer that is no taller than asked for; the lowest when all are.</summary>
    /// <param name="lines">0: no limit.</param>
    public int SpatialFor(int lines)
    {
        var top = SpatialLayers - 1;
        while (lines > 0 && top > 0 && HeightOf(top) > lines)
        {
            top--;
        }

        return top;
    }

    public Encoding? Find(ReadOnlySpan<char> rid) => _encodings.Find(rid);

    /// <summary>A key frame is wanted for what is captured; without capture for all encodings.</summary>
    public void WantKeyframe(Instant now)
    {
        foreach (var encoding in Encodings)
        {
            if (Sinks.IsEmpty || Sinks.Follows(encoding))
            {
                encoding.WantKeyframe(now);
            }
        }
    }

    /// <summary>Somebody on a branch wants a key frame of an encoding.</summary>
    public void WantKeyframe(int ordinal, Instant now)
    {
        foreach (var encoding in Encodings)
        {
            if (encoding.Ordinal == ordinal && !IsClosed)
            {
                encoding.WantKeyframe(now);
            }
        }
    }

    /// <summary>False for sound that is not among the loudest in the room.</summary>
    public bool IsHeard(in RtpPacket packet, Instant now)
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

    /// <summary>An encoding has a packet more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnPacket(Encoding encoding, Instant now)
    {
        Activity[encoding.Index].OnPacket(now);
        if (IsSimulcast && _encodings.WatchSilence(encoding.Index, now))
        {
            // Receivers of an encoding that falls silent while others flow, or that begins, are looked after at once.
            UpdateReceivers(now);
        }
    }

    public void OnSourceChanged(Encoding encoding)
    {
        if (VideoCodec == VideoCodec.None)
        {
            return;
        }

        encoding.ForgetBegin();
        foreach (var subscription in Subscriptions)
        {
            subscription.OnSourceChanged(encoding.Index);
        }
    }

    /// <summary>A key frame shows another size than before.</summary>
    /// <param name="encoding">Of which encoding.</param>
    /// <param name="spatialLayers">Within it; 0 when it does not say.</param>
    /// <param name="now">Time.</param>
    public void OnSizeChanged(Encoding encoding, int spatialLayers, Instant now)
    {
        if (!IsSimulcast)
        {
            LayersWithin = Math.Clamp(spatialLayers, 1, LayerTarget.MaxSpatial);
        }
        else if (_encodings.SortBySize())
        {
            OnReordered();
        }

        UpdateReceivers(now);
    }

    /// <summary>Looks after what is captured, and tells the publisher which encodings somebody needs, when that has changed.</summary>
    public void Tick(Instant now)
    {
        if (!IsSimulcast)
        {
            return;
        }

        Sinks.Update(now);
        WatchLayers(now);
        if (Uplink is null && _demand.Update(HighestWanted(), Encodings.Length, now))
        {
            TellNeeded();
        }
    }

    /// <summary>Highest encoding that anybody wants here or on a branch; −1: none.</summary>
    public int HighestWanted()
    {
        var highest = Sinks.IsEmpty ? Relays?.HighestWanted() ?? -1 : Encodings.Length - 1;
        foreach (var subscription in Subscriptions)
        {
            highest = subscription.IsActive ? Math.Max(highest, subscription.Wanted.Spatial) : highest;
        }

        return highest;
    }

    public void Close()
    {
        IsClosed = true;
        foreach (var subscription in Subscriptions)
        {
            subscription.Detach();
        }

        Subscriptions.Clear();
        foreach (var encoding in Encodings)
        {
            encoding.PendingCount = 0;
        }
    }

    public void Dispose() => Array.ForEach(Encodings, e => e.Dispose());

    private void OnReordered()
    {
        Sinks.OnReordered();
        foreach (var subscription in Subscriptions)
        {
            subscription.OnReordered();
        }
    }

    private void UpdateReceivers(Instant now)
    {
        Sinks.Update(now);
        foreach (var subscription in Subscriptions)
        {
            subscription.Update(now);
        }
    }

    // By itself: what it captures is allocated as soon as a method is entered, and every tick asks.
    private void TellNeeded()
    {
        string[] needed = [.. Encodings.Take(_demand.Needed).Select(e => e.Rid)];
        _loop.Notify(Owner, l => l.OnLayersWanted(Mid, needed));
    }

    private void WatchLayers(Instant now)
    {
        var highest = HighestWanted();
        for (var spatial = 0; spatial < Encodings.Length; spatial++)
        {
            History.Update(spatial, IsFlowing(spatial), BitsPerSecond(new LayerTarget(spatial, LayerTarget.Highest.Temporal)), isWanted: spatial <= highest, now);
        }
    }
}
