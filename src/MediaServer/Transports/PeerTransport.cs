using System.Runtime.CompilerServices;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Diagnostics;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;
using Classroom.MediaServer.Rooms;
using Classroom.Rtc;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Sdp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Transports;

/// <summary>One connection of one participant: ICE-lite, DTLS, SRTP, and what travels on it.</summary>
internal sealed unsafe class PeerTransport : IPublisherEnd
{
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(30);

    // Browsers check every 2.5 s or so: with this much of the consent left they have been silent for 8 s.
    private static readonly TimeSpan s_consentLeft = IceLiteAgent.ConsentLifetime - TimeSpan.FromSeconds(8);

    private readonly MediaLoop _loop;
    private readonly long _sessionId = Random.Shared.NextInt64(1, long.MaxValue / 2);
    private readonly DtlsEnd _dtls;
    private readonly IncomingMedia _incoming;
    private readonly Absence _absence;
    private Instant _connectBy;
    private int _version;

    /// <param name="loop">Whose thread alone touches it.</param>
    /// <param name="owner">Who is at the other end.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="keeper">Lets it go when the peer is gone.</param>
    /// <exception cref="MediaException">The server has as many connections as it may.</exception>
    public PeerTransport(MediaLoop loop, Participant owner, TransportKind kind, ITransportKeeper keeper)
    {
        if (!loop.Limits.TryAddTransport())
        {
            throw loop.LimitReached("The server has as many connections as it may.");
        }

        _loop = loop;
        Owner = owner;
        Kind = kind;
        Keeper = keeper;
        _connectBy = loop.Clock.Now + s_connectLimit;
        Ice = new IcePath(loop, this);
        _dtls = new DtlsEnd(loop, this);
        _incoming = new IncomingMedia(loop, this);
        _absence = new Absence(this);
        Out = new OutgoingMedia(loop, Ice);
        Feedback = new TransportFeedback(loop, this);
        loop.Add(this);
    }

    public Participant Owner { get; }

    public TransportKind Kind { get; }

    public ITransportKeeper Keeper { get; }

    public IcePath Ice { get; }

    public TransportState State { get; private set; }

    public TransportFeedback Feedback { get; }

    public OutgoingMedia Out { get; }

    /// <summary>What the peer publishes here.</summary>
    public SourceMap Sources { get; } = new();

    /// <summary>What is sent to the peer here.</summary>
    public SubscriptionMap Subscriptions { get; } = new();

    /// <summary>Keys are there, the certificate is the right one, and ICE knows where to.</summary>
    public bool IsReady => Out.Context is not null;

    public bool IsClosed => State == TransportState.Closed;

    public string? RemoteFingerprint => _dtls.Expected;

    public LocalTransport Describe(string setup) =>
        new(_sessionId, ++_version, Ice.Local.Ufrag, Ice.Local.Password, _loop.Certificate.Fingerprint, setup, _loop.Candidates);

    /// <summary>What the peer's description says. Another certificate means another DTLS session.</summary>
    public void SetRemote(RemoteDescription remote)
    {
        Ice.SetRemote(remote.Ufrag, remote.Password);
        if (_dtls.Expect(remote.Fingerprint))
        {
            Out.Context = null;
        }

        Settle();
    }

    public void OnStun(Span<byte> datagram, SocketAddressBytes* from, NetAddress address, Instant now)
    {
        Out.Tap?.OnRaw(isOut: false, datagram);
        if (!Ice.Admits(address, now))
        {
            _loop.Counters.Refuse(Refusal.TooManyChecks);
            return;
        }

        switch (Ice.OnStun(datagram, from, address, now))
        {
            case IceResult.Refused:
                _loop.Counters.Refuse(Refusal.UnknownStun);
                break;
            case IceResult.Ignored:
                Feedback.OnStun(datagram, now);
                break;
            case IceResult.Answered or IceResult.Validated or IceResult.Selected:
                Settle();
                break;
        }
    }

    public void OnDtls(ReadOnlySpan<byte> datagram, Instant now)
    {
        Out.Tap?.OnRaw(isOut: false, datagram);
        _dtls.OnDatagram(datagram, now);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnRtp(Span<byte> datagram, Instant now)
    {
        if (!IsReady)
        {
            _loop.Counters.Refuse(Refusal.NotReady);
            return;
        }

        _incoming.OnRtp(_dtls.Keys!.Incoming, datagram, now);
    }

    public void OnRtcp(Span<byte> datagram, Instant now)
    {
        if (!IsReady)
        {
            _loop.Counters.Refuse(Refusal.NotReady);
            return;
        }

        _incoming.OnRtcp(_dtls.Keys!.Incoming, datagram, now);
    }

    /// <summary>The receiver reports arrival times, or what it believes that its line takes.</summary>
    /// <param name="transportCcId">Id of the extension that numbers packets; 0 for REMB.</param>
    public void WatchLine(byte transportCcId)
    {
        if (Out.Line is not null)
        {
            return;
        }

        // Sound was perhaps accepted before: its section says nothing of the line, but it is on it.
        var line = new SubscriberLine(this, transportCcId);
        Out.Line = line;
        foreach (var subscription in Subscriptions.All)
        {
            if (subscription.IsActive)
            {
                line.Add(subscription);
            }
        }
    }

    public void Remove(Publication publication)
    {
        foreach (var ssrc in Sources.Remove(publication))
        {
            _dtls.Keys?.Incoming.ForgetInbound(ssrc);
        }
    }

    /// <summary>Runs on the loop; called from the handshake worker.</summary>
    public void Post(Action<PeerTransport> action) => _loop.Commands.TryPost(() => action(this));

    public void OnDtlsConnected(HandshakeLink link, SessionKeys keys)
    {
        if (_dtls.TryAccept(link, keys))
        {
            Settle();
        }
    }

    public void OnDtlsClosed(HandshakeLink link)
    {
        if (_dtls.IsCurrent(link))
        {
            Keeper.OnTransportGone(this);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now)
    {
        if (now >= _connectBy || _absence.IsOver(now))
        {
            Keeper.OnTransportGone(this);
            return;
        }

        if (_absence.Begins(now))
        {
            // What is queued had its consent.
            _loop.Forwarder.Send();
            Out.Context = null;
        }

        if (State is TransportState.Connected or TransportState.Disconnected)
        {
            SetState(now >= Ice.ConsentExpires - s_consentLeft ? TransportState.Disconnected : TransportState.Connected);
        }

        // The rates of a publisher that is away must fall; a subscriber that is away has nothing to be told.
        if (IsReady || Kind == TransportKind.Publish)
        {
            Feedback.Tick(now);
        }
    }

    public void Close()
    {
        if (IsClosed)
        {
            return;
        }

        // What is queued may still point at our address.
        _loop.Forwarder.Send();
        _dtls.Close();
        Ice.Close();
        _loop.Remove(this);
        _loop.Limits.RemoveTransport();
        Out.Context = null;
        SetState(TransportState.Closed);
    }

    /// <summary>Tells who is at the other end, if anybody listens.</summary>
    public void Tell(Action<IParticipantListener> call) => _loop.Notify(Owner, call);

    private void Settle()
    {
        // A peer that is away is back with its next check: what it says over the hub is no consent to media (RFC 7675, 5.1).
        if (IsReady || IsClosed || !_dtls.IsDecided || !Ice.HasAddress || _loop.Clock.Now >= Ice.ConsentExpires)
        {
            return;
        }

        if (!_dtls.IsTrusted)
        {
            _loop.Counters.Refuse(Refusal.WrongFingerprint);
            Keeper.OnTransportGone(this);
            return;
        }

        Out.Context = _dtls.Keys!.Outgoing;
        _connectBy = Instant.Never;
        SetState(TransportState.Connected);
        var now = _loop.Clock.Now;
        _absence.End(now);
        foreach (var subscription in Subscriptions.All)
        {
            subscription.OnReady(now);
        }

        _loop.Hurry(this);
    }

    private void SetState(TransportState state)
    {
        if (State != state)
        {
            ChangeState(state);
        }
    }

    // By itself: what it captures is allocated as soon as a method is entered, and every tick asks for the state.
    private void ChangeState(TransportState state)
    {
        State = state;
        Out.Tap?.OnState(state);
        Tell(l => l.OnTransportState(Kind, state));
    }
}
