using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
internal sealed unsafe class PeerTransport
{
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(30);

    // Browsers check every 2.5 s or so: with this much of the consent left they have been silent for 8 s.
    private static readonly TimeSpan s_consentLeft = IceLiteAgent.ConsentLifetime - TimeSpan.FromSeconds(8);

    private readonly MediaLoop _loop;
    private readonly SocketAddressBytes* _to = (SocketAddressBytes*)NativeMemory.AllocZeroed(1, (nuint)sizeof(SocketAddressBytes));
    private readonly long _sessionId = Random.Shared.NextInt64(1, long.MaxValue / 2);
    private readonly Dictionary<uint, Subscription> _subscriptions = [];
    private readonly List<NetAddress> _addresses = [];
    private readonly List<string> _ufrags = [];
    private HandshakeLink _link;
    private SessionKeys? _keys;
    private string? _expectedFingerprint;
    private Instant _connectBy;
    private int _version;
    private bool _hasAddress;

    public PeerTransport(MediaLoop loop, Participant owner, TransportKind kind)
    {
        _loop = loop;
        Owner = owner;
        Kind = kind;
        _connectBy = loop.Clock.Now + s_connectLimit;
        var credentials = loop.Transports.NewCredentials();
        Ice = new IceLiteAgent(credentials);
        Feedback = new TransportFeedback(loop, this);
        _link = new HandshakeLink(this, loop.Certificate);
        Register(credentials);
        loop.Add(this);
    }

    public Participant Owner { get; }

    public TransportKind Kind { get; }

    public IceLiteAgent Ice { get; }

    public TransportState State { get; private set; }

    public string? RemoteUfrag { get; private set; }

    public string? RemotePassword { get; private set; }

    public TransportFeedback Feedback { get; }

    /// <summary>Subscriptions with packets in the current batch.</summary>
    public List<Subscription> Pending { get; } = [];

    /// <summary>What the peer publishes here.</summary>
    public SourceMap Sources { get; } = new();

    public Dictionary<uint, Subscription>.ValueCollection Subscriptions => _subscriptions.Values;

    /// <summary>Keys are there, the certificate is the right one, and ICE knows where to.</summary>
    public bool IsReady { get; private set; }

    public bool IsClosed => State == TransportState.Closed;

    public string? RemoteFingerprint => _expectedFingerprint;

    public LocalTransport Describe(string setup) =>
        new(_sessionId, ++_version, Ice.Local.Ufrag, Ice.Local.Password, _loop.Certificate.Fingerprint, setup, _loop.Candidates);

    /// <summary>What the peer's description says. Another certificate means another DTLS session.</summary>
    public void SetRemote(RemoteDescription remote)
    {
        SetRemoteCredentials(remote.Ufrag, remote.Password);
        if (_expectedFingerprint is not null && _expectedFingerprint != remote.Fingerprint)
        {
            ResetHandshake();
        }

        _expectedFingerprint = remote.Fingerprint;
        Settle();
    }

    public void SetRemoteCredentials(string ufrag, string password)
    {
        Ice.RemoteUfrag = ufrag;
        RemoteUfrag = ufrag;
        RemotePassword = password;
    }

    /// <summary>New credentials of our own; the old ones stay valid until the transport ends, for checks under way.</summary>
    public void RestartIce()
    {
        var credentials = _loop.Transports.NewCredentials();
        Ice.Restart(credentials);
        Register(credentials);
    }

    public void OnStun(Span<byte> datagram, SocketAddressBytes* from, NetAddress address, Instant now)
    {
        var queue = _loop.Forwarder.Queue;
        var result = Ice.Handle(datagram, address, now, queue.Reserve(), out var length);
        if (length > 0)
        {
            queue.Commit(from, length, joins: false);
        }

        switch (result)
        {
            case IceResult.Refused:
                _loop.Counters.Refuse(Refusal.UnknownStun);
                break;
            case IceResult.Ignored:
                Feedback.OnStun(datagram, now);
                break;
            case IceResult.Answered or IceResult.Validated or IceResult.Selected:
                Learn(address, from);
                break;
        }
    }

    public void OnDtls(ReadOnlySpan<byte> datagram)
    {
        if (!_loop.Handshakes.TryPost(_link, datagram))
        {
            _loop.Counters.Refuse(Refusal.HandshakeQueueFull);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OnRtp(Span<byte> datagram, Instant now)
    {
        if (!IsReady)
        {
            _loop.Counters.Refuse(Refusal.NotReady);
            return;
        }

        if (!_keys!.Incoming.TryUnprotectRtp(datagram, out var length) || !RtpPacket.TryParse(datagram[..length], out var packet))
        {
            _loop.Counters.Refuse(Refusal.Unauthentic);
            return;
        }

        Feedback.Publish.OnPacket(packet, now);
        if (Sources.Find(packet) is { } publication)
        {
            publication.Receive(packet, now);
            return;
        }

        _loop.Counters.Refuse(Refusal.UnknownSource);
    }

    public void OnRtcp(Span<byte> datagram, Instant now)
    {
        if (!IsReady)
        {
            _loop.Counters.Refuse(Refusal.NotReady);
            return;
        }

        if (!_keys!.Incoming.TryUnprotectRtcp(datagram, out var length))
        {
            _loop.Counters.Refuse(Refusal.Unauthentic);
            return;
        }

        Feedback.OnRtcp(datagram[..length], now);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SendRtp(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, SendQueue queue)
    {
        if (_keys!.Outgoing.TryProtectRtp(header, payload, queue.Reserve(), out var length))
        {
            queue.Commit(_to, length);
            return;
        }

        _loop.Counters.Refuse(Refusal.ProtectFailed);
    }

    public void SendRtcp(ReadOnlySpan<byte> compound)
    {
        if (IsReady && _keys!.Outgoing.TryProtectRtcp(compound, _loop.Forwarder.Queue.Reserve(), out var length))
        {
            _loop.Forwarder.Queue.Commit(_to, length, joins: false);
            _loop.Forwarder.SendIfFull();
        }
    }

    public void SendRaw(ReadOnlySpan<byte> datagram)
    {
        if (!_hasAddress || IsClosed)
        {
            return;
        }

        datagram.CopyTo(_loop.Forwarder.Queue.Reserve());
        _loop.Forwarder.Queue.Commit(_to, datagram.Length, joins: false);
        _loop.Forwarder.SendIfFull();
    }

    /// <summary>True when this is the first of the batch for this transport.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Pend(Subscription subscription)
    {
        if (!IsReady || !subscription.IsActive)
        {
            return false;
        }

        Pending.Add(subscription);
        return Pending.Count == 1;
    }

    public void Remove(Publication publication)
    {
        foreach (var ssrc in Sources.Remove(publication))
        {
            _keys?.Incoming.ForgetInbound(ssrc);
        }
    }

    public bool HasSubscription(uint ssrc) => _subscriptions.ContainsKey(ssrc);

    public Subscription? FindSubscription(uint ssrc) => _subscriptions.GetValueOrDefault(ssrc);

    public void Add(Subscription subscription) => _subscriptions[subscription.Ssrc] = subscription;

    public void Remove(Subscription subscription)
    {
        _subscriptions.Remove(subscription.Ssrc);
        Pending.Remove(subscription);
    }

    /// <summary>Runs on the loop; called from the handshake worker.</summary>
    public void Post(Action<PeerTransport> action) => _loop.Commands.TryPost(() => action(this));

    public void OnDtlsConnected(HandshakeLink link, SessionKeys keys)
    {
        if (link != _link || IsClosed)
        {
            keys.Dispose();
            return;
        }

        _keys = keys;
        Settle();
    }

    public void OnDtlsClosed(HandshakeLink link)
    {
        if (link == _link)
        {
            _loop.OnTransportGone(this);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Tick(Instant now)
    {
        if (now >= Instant.Min(Ice.ConsentExpires, _connectBy))
        {
            _loop.OnTransportGone(this);
            return;
        }

        if (State is TransportState.Connected or TransportState.Disconnected)
        {
            SetState(now >= Ice.ConsentExpires - s_consentLeft ? TransportState.Disconnected : TransportState.Connected);
        }

        Feedback.Tick(now);
    }

    public void Close()
    {
        if (IsClosed)
        {
            return;
        }

        // What is queued may still point at our address.
        _loop.Forwarder.Send();
        _loop.Handshakes.TryClose(_link);
        _addresses.ForEach(a => _loop.Transports.RemoveAddress(a, this));
        _ufrags.ForEach(_loop.Transports.RemoveUfrag);
        _loop.Remove(this);
        IsReady = false;
        Pending.Clear();
        SetState(TransportState.Closed);
        _keys?.Dispose();
        _keys = null;
        NativeMemory.Free(_to);
    }

    private void Register(IceCredentials credentials)
    {
        _ufrags.Add(credentials.Ufrag);
        _loop.Transports.AddUfrag(credentials.Ufrag, this);
    }

    private void Learn(NetAddress address, SocketAddressBytes* from)
    {
        if (!_addresses.Contains(address))
        {
            Remember(address);
        }

        _loop.Transports.AddAddress(address, this);

        if (Ice.Selected == address)
        {
            if (!_hasAddress || _to->ToNetAddress() != address)
            {
                // What is queued for the old address leaves first: the queue points at it.
                _loop.Forwarder.Send();
                *_to = *from;
            }

            _hasAddress = true;
            Settle();
        }
    }

    private void Remember(NetAddress address)
    {
        // The agent keeps a handful and forgets the stalest; so does the table.
        for (var i = _addresses.Count - 1; i >= 0; i--)
        {
            if (!Ice.IsValidated(_addresses[i]))
            {
                _loop.Transports.RemoveAddress(_addresses[i], this);
                _addresses.RemoveAt(i);
            }
        }

        _addresses.Add(address);
    }

    private void ResetHandshake()
    {
        _loop.Handshakes.TryClose(_link);
        _link = new HandshakeLink(this, _loop.Certificate);
        IsReady = false;
        _keys?.Dispose();
        _keys = null;
    }

    private void Settle()
    {
        if (IsReady || IsClosed || _keys is null || _expectedFingerprint is null || !_hasAddress)
        {
            return;
        }

        if (_keys.Fingerprint != _expectedFingerprint)
        {
            _loop.Counters.Refuse(Refusal.WrongFingerprint);
            _loop.OnTransportGone(this);
            return;
        }

        IsReady = true;
        _connectBy = Instant.Never;
        SetState(TransportState.Connected);
        var now = _loop.Clock.Now;
        foreach (var subscription in _subscriptions.Values)
        {
            subscription.WantStart(now);
        }
    }

    private void SetState(TransportState state)
    {
        if (State != state)
        {
            State = state;
            _loop.Notify(Owner, l => l.OnTransportState(Kind, state));
        }
    }
}
