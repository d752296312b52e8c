using System.Security.Cryptography;
using System.Text;
using Classroom.Data;
using Classroom.MediaServer;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;

namespace Classroom.Signaling.Whip;

/// <summary>One WHIP or WHEP connection: a participant without a page.</summary>
internal sealed class WhipSession(TransportKind kind, LessonRoom room, JoinGrant grant, string group, DateTimeOffset createdAt, Action<WhipSession> over) : IParticipantListener
{
    private int _isOver;

    /// <summary>Part of the session's address, so it cannot be guessed.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Publish for WHIP, Subscribe for WHEP.</summary>
    public TransportKind Kind => kind;

    public LessonRoom Room => room;

    public JoinGrant Grant => grant;

    public string Group => group;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>An encoder that dials again with the same token and name takes its old place; every viewer is a new one.</summary>
    public string ParticipantId { get; } = kind == TransportKind.Publish ? PublisherId(grant, group) : $"whep-{Ids.New()}";

    /// <summary>Without quotes; changes with each ICE restart.</summary>
    public string ETag { get; set; } = "";

    public bool WasConnected { get; private set; }

    public void OnSubscribeOffer(int revision, string sdp, IReadOnlyDictionary<string, string> tracks)
    {
        // A WHEP player cannot be offered anything.
    }

    public void OnTransportState(TransportKind transport, TransportState state)
    {
        if (state == TransportState.Connected)
        {
            WasConnected = true;
        }
        else if (state == TransportState.Closed && Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            over(this);
        }
    }

    private static string PublisherId(JoinGrant grant, string group)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{grant.TokenId} {grant.AccountId} {group}"));
        return $"whip-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }
}
