using System.Collections.Concurrent;
using System.Threading.Channels;
using Classroom.MediaServer.Bandwidth;
using Classroom.Rtc;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>Keeps what a participant was told.</summary>
internal sealed class Listener : IParticipantListener
{
    private readonly Channel<(int Revision, string Sdp, IReadOnlyDictionary<string, string> Tracks)> _offers =
        Channel.CreateUnbounded<(int, string, IReadOnlyDictionary<string, string>)>();

    private readonly Channel<string> _layers = Channel.CreateUnbounded<string>();

    public List<(TransportKind Kind, TransportState State)> States { get; } = [];

    public ValueTask<(int Revision, string Sdp, IReadOnlyDictionary<string, string> Tracks)> OfferAsync() =>
        _offers.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void OnSubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks) => _offers.Writer.TryWrite((revision, sdp, tracks));

    public ValueTask<string> LayersAsync() => _layers.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void OnLayersWanted(string mid, IReadOnlyList<string> rids) => _layers.Writer.TryWrite($"{mid}: {string.Join(' ', rids)}");

    public IReadOnlyDictionary<string, LimitReason>? Limits { get; private set; }

    public void OnLimits(IReadOnlyDictionary<string, LimitReason> limits) => Limits = limits;

    public void OnTransportState(TransportKind kind, TransportState state)
    {
        lock (States)
        {
            States.Add((kind, state));
        }
    }
}

/// <summary>Keeps what happened in rooms, one line each.</summary>
internal sealed class Observer : IRoomObserver
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public List<PublicationInfo> Publications { get; } = [];

    public ValueTask<string> NextAsync() => _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void OnRoomOpened(string roomId) => _lines.Writer.TryWrite($"opened {roomId}");

    public void OnRoomClosed(string roomId) => _lines.Writer.TryWrite($"closed {roomId}");

    public void OnRecording(string roomId, RecordingSwitch recording) => _lines.Writer.TryWrite($"recording {recording.IsOn}");

    public void OnPublicationAdded(PublicationInfo publication)
    {
        Publications.Add(publication);
        _lines.Writer.TryWrite($"added {publication.Group} {publication.Codec}");
    }

    public void OnPublicationRemoved(PublicationInfo publication) => _lines.Writer.TryWrite($"removed {publication.Group} {publication.Codec}");

    public ConcurrentBag<string> Speakers { get; } = [];

    public void OnSpeaker(PublicationInfo publication) => Speakers.Add(publication.ParticipantId);
}

/// <summary>Copies what it gets.</summary>
internal sealed class Sink : IMediaSink
{
    private readonly Channel<byte[]> _packets = Channel.CreateUnbounded<byte[]>();

    public Channel<(ulong Ntp, uint Timestamp)> Reports { get; } = Channel.CreateUnbounded<(ulong, uint)>();

    public bool TryPacket([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? packet) => _packets.Reader.TryRead(out packet);

    public ValueTask<byte[]> PacketAsync() => _packets.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void OnRtp(ReadOnlySpan<byte> packet, Instant arrival) => _packets.Writer.TryWrite(packet.ToArray());

    public void OnSenderReport(ulong ntp, uint rtpTimestamp, Instant arrival, TimeSpan roundTrip) => Reports.Writer.TryWrite((ntp, rtpTimestamp));
}

/// <summary>Forgets everything and allocates nothing.</summary>
internal sealed class CountingSink : IMediaSink
{
    /// <summary>Packets after which the count begins: by then everything that is made once has been made.</summary>
    public const int WarmUp = 2000;

    private long _packets;
    private long _allocated;

    public long Packets => Volatile.Read(ref _packets);

    /// <summary>Packets before which the loop's thread had allocated since the packet before. Reports and pings do, now and then.</summary>
    public int Allocating { get; private set; }

    public void OnRtp(ReadOnlySpan<byte> packet, Instant arrival)
    {
        // Called on the loop's own thread, whose allocations are what is asked for.
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (_packets > WarmUp && allocated > _allocated)
        {
            Allocating++;
        }

        _allocated = allocated;
        Volatile.Write(ref _packets, _packets + 1);
    }

    public void OnSenderReport(ulong ntp, uint rtpTimestamp, Instant arrival, TimeSpan roundTrip)
    {
    }
}
