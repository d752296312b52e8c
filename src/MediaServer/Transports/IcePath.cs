using System.Runtime.InteropServices;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;
using Classroom.Rtc;
using Classroom.Rtc.Ice;
using Classroom.Rtc.Sdp;
using Classroom.Rtc.Stun;

namespace Classroom.MediaServer.Transports;

/// <summary>The ICE side of one connection: credentials, the addresses that showed themselves to be the peer's, and where to send.</summary>
internal sealed unsafe class IcePath
{
    // Each packet needs where to and from where: both in one.
    private const int CacheLine = 64;

    private readonly MediaLoop _loop;
    private readonly PeerTransport _transport;
    private readonly IceLiteAgent _agent;
    private readonly SocketAddressBytes* _to = (SocketAddressBytes*)NativeMemory.AlignedAlloc((nuint)sizeof(SocketAddressBytes), CacheLine);
    private readonly List<NetAddress> _addresses = [];
    private readonly List<string> _ufrags = [];

    // Browsers send at most 50 checks a second. Strangers who have seen the name in one cannot use up what known addresses have.
    private TokenBucket _known = new(perSecond: 100, burst: 200);
    private TokenBucket _unknown = new(perSecond: 50, burst: 100);

    public IcePath(MediaLoop loop, PeerTransport transport)
    {
        _loop = loop;
        _transport = transport;
        *_to = default;
        var credentials = loop.Transports.NewCredentials();
        _agent = new IceLiteAgent(credentials);
        Register(credentials);
    }

    public IceCredentials Local => _agent.Local;

    public string? RemoteUfrag { get; private set; }

    public string? RemotePassword { get; private set; }

    /// <summary>When the peer counts as gone, if it stays silent; never before its first check.</summary>
    public Instant ConsentExpires => _agent.ConsentExpires;

    /// <summary>The peer has chosen where it wants to be sent to.</summary>
    public bool HasAddress { get; private set; }

    /// <summary>Where to send. Messages in the queue point at it.</summary>
    public SocketAddressBytes* To => _to;

    public void SetRemote(string ufrag, string password)
    {
        _agent.RemoteUfrag = ufrag;
        RemoteUfrag = ufrag;
        RemotePassword = password;
    }

    /// <summary>New credentials of our own; those of the path in use stay valid until the peer has chosen one with the new.</summary>
    public void Restart()
    {
        var credentials = _loop.Transports.NewCredentials();
        _agent.Restart(credentials);
        Register(credentials);
        for (var i = _ufrags.Count - 1; i >= 0; i--)
        {
            if (!_agent.Knows(_ufrags[i]))
            {
                _loop.Transports.RemoveUfrag(_ufrags[i]);
                _ufrags.RemoveAt(i);
            }
        }
    }

    /// <summary>New ICE credentials of a peer restart ICE; the server's own are the result. Candidates alone need nothing.</summary>
    public string? Patch(IceFragment fragment)
    {
        if (fragment.Ufrag is null || fragment.Password is null || fragment.Ufrag == RemoteUfrag)
        {
            return null;
        }

        Restart();
        SetRemote(fragment.Ufrag, fragment.Password);
        return IceFragment.Write(Local.Ufrag, Local.Password);
    }

    /// <summary>Whether one more STUN message from there may cost the time to authenticate it.</summary>
    public bool Admits(NetAddress address, Instant now) => _addresses.Contains(address) ? _known.TryTake(now) : _unknown.TryTake(now);

    /// <summary>Answers a check and takes what it says of the peer's address.</summary>
    public IceResult OnStun(Span<byte> datagram, SocketAddressBytes* from, NetAddress address, Instant now)
    {
        var queue = _loop.Forwarder.Queue;
        var result = _agent.Handle(datagram, address, now, queue.Reserve(), out var length);
        if (length > 0)
        {
            queue.Commit(from, length, joins: false);
        }

        if (result is IceResult.Answered or IceResult.Validated or IceResult.Selected)
        {
            Learn(address, from);
            LearnLocal(datagram, address, from);
        }

        return result;
    }

    /// <summary>Nothing in the queue may point at this any more.</summary>
    public void Close()
    {
        _addresses.ForEach(a => _loop.Transports.RemoveAddress(a, _transport));
        _ufrags.ForEach(_loop.Transports.RemoveUfrag);
        HasAddress = false;
        NativeMemory.AlignedFree(_to);
    }

    private void Register(IceCredentials credentials)
    {
        _ufrags.Add(credentials.Ufrag);
        _loop.Transports.AddUfrag(credentials.Ufrag, _transport);
    }

    private void Learn(NetAddress address, SocketAddressBytes* from)
    {
        if (!_addresses.Contains(address))
        {
            Remember(address);
        }

        _loop.Transports.AddAddress(address, _transport);
        if (_agent.Selected != address)
        {
            return;
        }

        if (!HasAddress || _to->ToNetAddress() != address)
        {
            // What is queued for the old address leaves first: the queue points at it.
            _loop.Forwarder.Send();
            *_to = *from;
        }

        HasAddress = true;
    }

    // The same peer may reach us at several of our addresses, and nominates the pair that it sends on.
    private void LearnLocal(ReadOnlySpan<byte> datagram, NetAddress address, SocketAddressBytes* from)
    {
        if (_agent.Selected == address && !_to->HasSameLocal(from) && StunMessage.TryParse(datagram, out var check) && check.UseCandidate)
        {
            _loop.Forwarder.Send();
            *_to = *from;
        }
    }

    private void Remember(NetAddress address)
    {
        // The agent keeps a handful and forgets the stalest; so does the table.
        for (var i = _addresses.Count - 1; i >= 0; i--)
        {
            if (!_agent.IsValidated(_addresses[i]))
            {
                _loop.Transports.RemoveAddress(_addresses[i], _transport);
                _addresses.RemoveAt(i);
            }
        }

        _addresses.Add(address);
    }
}
