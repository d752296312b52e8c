using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;

namespace Classroom.Signaling.Live;

/// <summary>What the lesson holds for a participant beyond the timeline: its connection and its place in the media room.</summary>
internal sealed class Attachment(string participantId, JoinGrant grant) : IParticipantListener
{
    private volatile ClientOutbox? _outbox;
    private volatile IReadOnlyDictionary<string, LimitReason> _limits = new Dictionary<string, LimitReason>();

    public string ParticipantId => participantId;

    public JoinGrant Grant { get; set; } = grant;

    public LessonRole Role => Grant.Role;

    /// <summary>There is no consent to record this one; holds from the next time it enters the media room.</summary>
    public bool IsNotRecorded { get; set; }

    /// <summary>The page's connection; null while it is away, and for WHIP and WHEP.</summary>
    public ClientOutbox? Outbox { get => _outbox; set => _outbox = value; }

    /// <summary>A WHIP or WHEP session instead of a page.</summary>
    public IParticipantListener? Headless { get; init; }

    public bool IsConnected => _outbox is not null || Headless is not null;

    /// <summary>Known to the media server, with connections that may still live.</summary>
    public bool IsInRoom { get; set; }

    /// <summary>Last event that this page has been given.</summary>
    public long SentSeq { get; set; }

    public DateTimeOffset AwaySince { get; set; }

    public PaceGate Chat { get; } = new(5, TimeSpan.FromSeconds(5));

    public PaceGate Signals { get; } = new(10, TimeSpan.FromSeconds(10));

    public PaceGate Reactions { get; } = new(3, TimeSpan.FromSeconds(5));

    /// <summary>The publications that the page wishes for, whether it may have them now or not.</summary>
    public IReadOnlyList<string> Wanted { get; set; } = [];

    /// <summary>Those of them that the media server was told.</summary>
    public IReadOnlyList<string> Received { get; set; } = [];

    /// <summary>The name under which a WHEP session plays; null: it is none.</summary>
    public string? Watches { get; set; }

    /// <summary>The media server was told not to forward this one's sound.</summary>
    public bool IsSilenced { get; set; }

    public void OnSubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks)
    {
        Headless?.OnSubscribeOffer(revision, sdp, tracks);
        _outbox?.SubscribeOffer(revision, sdp, tracks);
    }

    /// <summary>Publication id → why it comes in less than asked for.</summary>
    public IReadOnlyDictionary<string, LimitReason> Limits => _limits;

    public void OnLimits(IReadOnlyDictionary<string, LimitReason> limits)
    {
        _limits = limits;
        _outbox?.Limits(limits);
    }

    public void OnTransportState(TransportKind kind, TransportState state)
    {
        Headless?.OnTransportState(kind, state);
        _outbox?.TransportState(kind, state);
    }

    // A WHIP session has nobody who could be told.
    public void OnLayersWanted(string mid, IReadOnlyList<string> rids) => _outbox?.LayersWanted(mid, rids);
}
