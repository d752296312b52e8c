using System.Diagnostics;
using Classroom.MediaServer;
using Classroom.Rtc;

namespace Classroom.Recorder.Tests.Capture;

/// <summary>Stands in for the media plane: the test says what happens in rooms and sends packets to attached sinks.</summary>
internal sealed class FakeMediaServer : IMediaServer, IMediaClock
{
    private static readonly DateTimeOffset Origin = new(2026, 9, 1, 2, 0, 0, TimeSpan.Zero);

    public List<IRoomObserver> Observers { get; } = [];

    public Dictionary<string, IMediaSink> Sinks { get; } = [];

    public Instant Start { get; } = Instant.FromMilliseconds(1_000_000);

    private readonly long _started = Stopwatch.GetTimestamp();

    public IMediaClock Clock => this;

    public Instant Now => Start + Stopwatch.GetElapsedTime(_started);

    public DateTimeOffset ToUtc(Instant instant) => Origin + (instant - Start);

    public Instant FromUtc(DateTimeOffset utc) => Start + (utc - Origin);

    /// <summary>Called with each publication whose sink is attached, before the recorder hears of it: the room goes on meanwhile.</summary>
    public Action<string> WhileAttaching { get; set; } = static _ => { };

    public void Tell(Action<IRoomObserver> what) => Observers.ForEach(what);

    public Task<IMediaFeed> FeedAsync(string roomId, string participantId, string group, IReadOnlyCollection<MediaKind> kinds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IDisposable> AttachSinkAsync(string roomId, string publicationId, IMediaSink sink, CancellationToken cancellationToken)
    {
        lock (Sinks)
        {
            Sinks[publicationId] = sink;
        }

        WhileAttaching(publicationId);
        return Task.FromResult<IDisposable>(new Detach());
    }

    public IMediaSink? Sink(string publicationId)
    {
        lock (Sinks)
        {
            return Sinks.GetValueOrDefault(publicationId);
        }
    }

    public IDisposable Observe(IRoomObserver observer)
    {
        Observers.Add(observer);
        return new Detach();
    }

    public void RequestKeyframe(string roomId, string publicationId)
    {
    }

    public Task OpenRoomAsync(string roomId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CloseRoomAsync(string roomId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public bool IsRoomOpen(string roomId) => throw new NotSupportedException();

    public Task SetRecordingAsync(string roomId, RecordingSwitch recording, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task JoinAsync(string roomId, ParticipantInfo participant, IParticipantListener? listener, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task LeaveAsync(string roomId, string participantId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SdpAnswer> PublishAsync(string roomId, string participantId, string offer, IReadOnlyDictionary<string, string> groups, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task UnpublishAsync(string roomId, string participantId, string group, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SubscribeAsync(string roomId, string participantId, IReadOnlyCollection<string> publicationIds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AnswerSubscribeAsync(string roomId, string participantId, int revision, string answer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SdpAnswer> SubscribeByOfferAsync(string roomId, string participantId, string offer, string group, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> PatchAsync(string roomId, string participantId, TransportKind kind, string sdpFragment, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RestartSubscribeAsync(string roomId, string participantId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetBandwidthAsync(string roomId, BandwidthPlan plan, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetLayersAsync(string roomId, string participantId, IReadOnlyDictionary<string, LayerWish> wishes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetCirclesAsync(string roomId, IReadOnlyDictionary<string, string> circleOf, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetOverloadedAsync(string roomId, string participantId, bool overloaded, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetMutedAsync(string roomId, string participantId, bool muted, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IDisposable> TraceAsync(string roomId, string participantId, TransportKind kind, IConnectionTrace trace, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RoomStatistics?> GetStatisticsAsync(string roomId, CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class Detach : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
