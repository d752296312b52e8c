using System.Runtime.CompilerServices;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Diagnostics;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Rtcp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>One publication on its way to one participant, under numbers of its own.</summary>
internal sealed partial class Subscription
{
    /// <summary>Lines of the cache that it takes itself.</summary>
    public const int Lines = 4;

    private const int PathLines = 4;

    // Packets that a receiver may begin with: a large key frame, and what came since.
    private const int LongestBegin = 256;

    // Some peers take a moment from the end of the handshake to their keys. Of sound they then miss 20 ms, but without the
    // key frame they would miss all until the next one.
    private static readonly TimeSpan s_untilPictures = TimeSpan.FromMilliseconds(10);

    private readonly LoopCounters _counters;
    private readonly OutgoingMedia _out;
    private readonly bool _needsKeyframe;
    private readonly LayerPath _path;
    private FreezeGuess _freezes;
    private PacketWriter _writer;
    private LayerTarget _granted = LayerTarget.Highest;
    private LayerWish _wish = LayerWish.Everything;
    private Instant _beginsAt = Instant.MinValue;

    /// <param name="publication">What is sent.</param>
    /// <param name="transport">How.</param>
    /// <param name="ssrc">Under which source.</param>
    /// <param name="rtxSsrc">Source of retransmissions.</param>
    /// <param name="counters">Of the loop.</param>
    /// <param name="now">Time.</param>
    public Subscription(Publication publication, PeerTransport transport, uint ssrc, uint rtxSsrc, LoopCounters counters, Instant now)
    {
        Publication = publication;
        Transport = transport;
        _out = transport.Out;
        _writer = new PacketWriter(transport.Out, ssrc);
        Ssrc = ssrc;
        _counters = counters;
        _needsKeyframe = publication.Info.Kind == MediaKind.Video;
        Repair = _needsKeyframe ? new RepairStream(transport, rtxSsrc) : null;
        Stream = new WantedStream(publication.Class);
        _path = new LayerPath(publication.VideoCodec, publication.Info.ClockRate, publication.Activity);
        Update(now);
    }

    public Publication Publication { get; }

    public PeerTransport Transport { get; }

    public uint Ssrc { get; }

    /// <summary>Among what the connection sends, from 1 on.</summary>
    public ushort Place { get => _writer.Place; set => _writer.Place = value; }

    /// <summary>Its retransmissions; of pictures only.</summary>
    public RepairStream? Repair { get; }

    /// <summary>Its part of the line.</summary>
    public WantedStream Stream { get; }

    /// <summary>The subscriber accepted it.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Packets may be sent to it.</summary>
    public bool IsReady => IsActive && _out.Context is not null;

    /// <summary>Packets of it are sent.</summary>
    public bool IsStarted => _path.IsStarted;

    /// <summary>The next one of the same connection in the batch at hand.</summary>
    public Subscription? NextPending { get; set; }

    public OutgoingReports Reports { get; } = new();

    /// <summary>When its picture stood still, as far as that can be told from here.</summary>
    public FreezeGuess Freezes => _freezes;

    /// <summary>Layers at most: what the page wants, within what the line carries.</summary>
    public LayerTarget Wanted =>
        _wish.IsPaused ? LayerTarget.Paused : new LayerTarget(IsBlind ? 0 : Publication.SpatialFor(_wish.MaxHeight), _wish.MaxTemporal).Within(_granted);

    /// <summary>What the page shows of it.</summary>
    public LayerWish Wish => _wish;

    /// <summary>Spatial layer that is sent; −1: none.</summary>
    public int Spatial => Publication.IsSimulcast ? _path.Encoding : _path.IsStarted ? Math.Min((int)_path.Caps.Spatial, Publication.LayersWithin - 1) : -1;

    /// <summary>Highest temporal layer that is sent along.</summary>
    public int Temporal => Math.Min((int)_path.Caps.Temporal, LayerTarget.Highest.Temporal);

    /// <summary>What the page shows of it has changed.</summary>
    public void SetWish(LayerWish wish, Instant now)
    {
        _wish = wish;
        Update(now);
    }

    /// <summary>What the line carries has changed.</summary>
    public void SetGrant(LayerTarget granted, Instant now)
    {
        if (granted != _granted)
        {
            _granted = granted;
            Update(now);
        }
    }

    /// <summary>Looks at wishes and layers anew; ten times a second where there is something to choose.</summary>
    public void Update(Instant now)
    {
        var wanted = Wanted;
        _path.Update(wanted, Publication.LayersWithin, now);
        if (wanted.IsPaused)
        {
            _freezes.Rest();
        }

        Start(now);
    }

    public void OnSourceChanged(int encoding)
    {
        if (_path.Encoding == encoding)
        {
            _path.Rejoin();
        }
    }

    public void OnReordered() => _path.OnReordered();

    /// <summary>The subscriber takes it.</summary>
    public void Accept(SentFormat format, Instant now)
    {
        if (IsActive && format != _writer.Format)
        {
            // A repeat under the same number must be the same bytes.
            _path.OnReordered();
        }

        _writer.Format = format;
        if (Repair is not null)
        {
            Repair.Format = format;
        }

        _out.Line?.Add(this);
        IsActive = true;
        Update(now);
    }

    /// <summary>The connection has its keys.</summary>
    public void OnReady(Instant now)
    {
        if (_needsKeyframe && !_path.IsStarted)
        {
            _beginsAt = now + s_untilPictures;
        }

        Start(now);
    }

    /// <summary>It has its keys and waits for a moment.</summary>
    public bool BeginsSoon(Instant now) => now < _beginsAt;

    /// <summary>
    /// A receiver that has nothing yet begins with the last key frame and what came since, if that is fresh; else one is asked for.
    /// This is outside its budget of requests.
    /// </summary>
    public void Start(Instant now)
    {
        if (BeginsSoon(now))
        {
            return;
        }

        if (IsReady && !_path.IsStarted)
        {
            Begin(now);
        }

        Ask(now);
    }

    public void Detach()
    {
        IsActive = false;
        _out.Line?.Remove(this);
        Transport.Subscriptions.Remove(this);
    }

    /// <summary>Brings into the cache what a packet needs besides the subscription itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchAhead()
    {
        Prefetch.Object(_path, PathLines);
        Prefetch.Object(Reports, 1);
        _writer.FetchAhead();
    }

    /// <summary>Sends what the batch at hand has of an encoding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(Encoding encoding, Instant now)
    {
        if (!_path.Follows(encoding.Index) || BeginsSoon(now))
        {
            return;
        }

        Forward(encoding, encoding.PendingSlots.AsSpan(0, encoding.PendingCount), now);
        _writer.NoteAddresses();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Forward(Encoding encoding, ReadOnlySpan<int> slots, Instant now)
    {
        foreach (var slot in slots)
        {
            Forward(encoding, slot, now);
            _out.SendIfFull();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Forward(Encoding encoding, int slot, Instant now)
    {
        ref var entry = ref encoding.Store[slot];
        var placement = _path.Place(encoding.Index, in entry.Packet);
        if (placement.Kind != PlacementKind.Skip)
        {
            _writer.Write(encoding, slot, placement, now);
            Reports.OnPacket(_writer.Format.RedPayloadType == 0 ? entry.Length - entry.PrimaryAt : entry.Length);
            if (_needsKeyframe)
            {
                _freezes.OnPacket(entry.Packet.Picture.IsKey, placement.Marker, now);
            }
        }
        else if (!_path.IsStarted)
        {
            Ask(now);
        }
    }

    /// <summary>A sender report that keeps the publisher's own clock, so that its tracks stay in step; false before there is one.</summary>
    public bool TryMakeReport(Instant now, out SenderInfo info)
    {
        info = default;
        if (!_path.IsStarted || !IsActive || Publication.Activity[_path.Encoding].Report is not { IsKnown: true } source)
        {
            return false;
        }

        var (ntp, timestamp) = source.At(now, Publication.Info.ClockRate);
        info = new SenderInfo(Ssrc, ntp, timestamp + _path.TimestampOffset, Reports.Packets, Reports.Octets);
        Reports.OnReportSent(ntp, now);
        return true;
    }

    private void Begin(Instant now)
    {
        Span<int> slots = stackalloc int[LongestBegin];
        for (var i = Publication.Encodings.Length - 1; i >= 0 && !_path.IsStarted; i--)
        {
            var encoding = Publication.Encodings[i];
            var count = _path.Follows(i) ? encoding.FindBegin(_path.LastAt, slots, now) : 0;
            Forward(encoding, slots[..count], now);
        }
    }

    // Without descriptors a receiver cannot tell the frames of one picture's layers apart. Encodings of their own have one frame for each picture.
    private bool IsBlind => _writer.Format.DescriptorId == 0 && !Publication.IsSimulcast && Publication.Encodings[0].Descriptors is not null;

    private void Ask(Instant now)
    {
        if (_needsKeyframe && IsActive && _path.Awaited >= 0)
        {
            Publication.Encodings[_path.Awaited].WantKeyframe(now);
        }
    }
}
