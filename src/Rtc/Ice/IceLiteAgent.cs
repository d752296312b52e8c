using System.Text;
using Classroom.Rtc.Stun;

namespace Classroom.Rtc.Ice;

/// <summary>
/// The answering side of ICE (RFC 8445, 2.5): sends no checks, is always controlled, takes the peer's authenticated
/// checks as validation of its address and as its consent to receive (RFC 7675).
/// </summary>
public sealed class IceLiteAgent
{
    /// <summary>Addresses of one peer that are remembered; a further one takes the place of the stalest.</summary>
    public const int MaxAddresses = 8;

    /// <summary>Without an authentic check for this long the peer is gone (RFC 7675, 5.1).</summary>
    public static readonly TimeSpan ConsentLifetime = TimeSpan.FromSeconds(30);

    /// <summary>When the selected address has not been heard of for this long, any address with authentic checks takes its place.</summary>
    public static readonly TimeSpan SelectedSilence = TimeSpan.FromSeconds(8);

    private readonly List<Candidate> _candidates = new(MaxAddresses);
    private Side _local;
    private Side? _former;
    private Instant _lastConsent = Instant.Never;

    public IceLiteAgent(IceCredentials local)
    {
        Local = local;
        _local = new Side(local);
    }

    /// <summary>What goes into our session description.</summary>
    public IceCredentials Local { get; private set; }

    /// <summary>
    /// The peer's username fragment from its session description; null before that has come. Checks that come earlier
    /// are answered on the strength of our password alone.
    /// </summary>
    public string? RemoteUfrag { get; set; }

    /// <summary>Where to send; empty before the peer has chosen.</summary>
    public NetAddress Selected { get; private set; }

    public bool HasSelected => !Selected.IsEmpty;

    /// <summary>Datagrams that were refused.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>When consent ends if nothing more is heard; <see cref="Instant.Never"/> before the first check.</summary>
    public Instant ConsentExpires => _lastConsent == Instant.Never ? Instant.Never : _lastConsent + ConsentLifetime;

    /// <summary>Whether checks for this username fragment of ours are answered: the current one, or that of the path in use.</summary>
    public bool Knows(string ufrag) => _local.Is(ufrag) || _former?.Is(ufrag) == true;

    /// <summary>Non-STUN datagrams are accepted from these addresses only.</summary>
    public bool IsValidated(NetAddress address) => IndexOf(address) >= 0;

    /// <summary>
    /// The part of a check's username that names our side, for finding the transport of a datagram from an address that
    /// is not known yet. Not authenticated.
    /// </summary>
    public static bool TryGetLocalUfrag(in StunMessage message, out ReadOnlySpan<byte> ufrag)
    {
        var username = message.Username;
        var colon = username.IndexOf((byte)':');
        ufrag = colon > 0 ? username[..colon] : default;
        return colon > 0;
    }

    /// <summary>Takes one datagram; where the result says so, the response goes back to where it came from.</summary>
    /// <param name="datagram">As received.</param>
    /// <param name="from">Source of the datagram.</param>
    /// <param name="now">Time of arrival.</param>
    /// <param name="response">At least <see cref="StunWriter.MaxLength"/> bytes.</param>
    /// <param name="responseLength">0 when there is nothing to send.</param>
    public IceResult Handle(ReadOnlySpan<byte> datagram, NetAddress from, Instant now, Span<byte> response, out int responseLength)
    {
        responseLength = 0;
        if (!StunMessage.TryParse(datagram, out var message) || !message.IsBindingRequest)
        {
            return IceResult.Ignored;
        }

        var side = Authenticate(message);
        if (side is null)
        {
            RefusedCount++;
            return IceResult.Refused;
        }

        if (TryReject(message, side, response, out responseLength))
        {
            return IceResult.Rejected;
        }

        responseLength = StunWriter.WriteBindingSuccess(response, message.TransactionId, from, side.Key);
        _lastConsent = now;
        return Accept(message, from, now, isCurrent: side == _local);
    }

    /// <summary>
    /// Makes new credentials for an ICE restart. The former ones are good until the peer chooses a path with the new
    /// (RFC 8445, 9); DTLS and SRTP know nothing of it.
    /// </summary>
    public void Restart(IceCredentials local)
    {
        // Restarted again before the peer has chosen a path with the last credentials: the path in use is still that of the
        // ones before.
        _former ??= _local;
        _local = new Side(local);
        Local = local;
        RemoteUfrag = null;
    }

    private Side? Authenticate(in StunMessage message)
    {
        if (message.HasFingerprint && !message.VerifyFingerprint())
        {
            return null;
        }

        if (IsFor(message, _local) && message.VerifyIntegrity(_local.Key) && IsFromPeer(message))
        {
            return _local;
        }

        return _former is not null && IsFor(message, _former) && message.VerifyIntegrity(_former.Key) ? _former : null;
    }

    private static bool IsFor(in StunMessage message, Side side) => TryGetLocalUfrag(message, out var ufrag) && ufrag.SequenceEqual(side.Ufrag);

    private bool IsFromPeer(in StunMessage message)
    {
        if (RemoteUfrag is null)
        {
            return true;
        }

        var theirs = message.Username[(_local.Ufrag.Length + 1)..];
        return theirs.Length == RemoteUfrag.Length && Ascii.Equals(theirs, RemoteUfrag);
    }

    private static bool TryReject(in StunMessage message, Side side, Span<byte> response, out int length)
    {
        Span<StunAttribute> unknown = stackalloc StunAttribute[8];
        var count = CollectUnknown(message, unknown);
        if (count > 0)
        {
            length = StunWriter.WriteBindingError(response, message.TransactionId, 420, "Unknown Attribute", side.Key, unknown[..count]);
            return true;
        }

        // We can only be controlled; a peer that thinks it is must change its mind (RFC 8445, 7.3.1.1).
        if (message.TryGetAttribute(StunAttribute.IceControlled, out _))
        {
            length = StunWriter.WriteBindingError(response, message.TransactionId, 487, "Role Conflict", side.Key);
            return true;
        }

        length = 0;
        return false;
    }

    // Types under 0x8000 must be understood (RFC 8489, 14).
    private static int CollectUnknown(in StunMessage message, Span<StunAttribute> unknown)
    {
        var count = 0;
        foreach (var attribute in message.Attributes)
        {
            if (attribute.Type == StunAttribute.MessageIntegrity)
            {
                break;
            }

            if ((ushort)attribute.Type < 0x8000 && !Enum.IsDefined(attribute.Type) && count < unknown.Length)
            {
                unknown[count++] = attribute.Type;
            }
        }

        return count;
    }

    private IceResult Accept(in StunMessage message, NetAddress from, Instant now, bool isCurrent)
    {
        var result = Remember(from, now) ? IceResult.Answered : IceResult.Validated;
        if (!message.UseCandidate && !IsSelectedSilent(now))
        {
            return result;
        }

        // The latest nomination counts: towards a lite agent browsers nominate only the pair that they send on. That can be a
        // new one with our former credentials: Chromium pairs the sockets that it opens for a restart with the candidates it
        // had, at once, and when the answer names the same addresses it leaves such a pair as it is.
        if (isCurrent)
        {
            _former = null;
        }

        if (Selected == from)
        {
            return result;
        }

        Selected = from;
        return IceResult.Selected;
    }

    /// <summary>
    /// A NAT that has forgotten the peer gives it another port. Browsers nominate again from there, except those that stop
    /// nominating once they have chosen and from then on check for consent only.
    /// </summary>
    private bool IsSelectedSilent(Instant now)
    {
        var index = IndexOf(Selected);
        return HasSelected && (index < 0 || now - _candidates[index].LastCheck > SelectedSilence);
    }

    /// <returns>True when the address was known.</returns>
    private bool Remember(NetAddress address, Instant now)
    {
        var index = IndexOf(address);
        if (index >= 0)
        {
            _candidates[index] = new Candidate(address, now);
            return true;
        }

        if (_candidates.Count == MaxAddresses)
        {
            _candidates.RemoveAt(Stalest());
        }

        _candidates.Add(new Candidate(address, now));
        return false;
    }

    private int IndexOf(NetAddress address)
    {
        for (var i = 0; i < _candidates.Count; i++)
        {
            if (_candidates[i].Address == address)
            {
                return i;
            }
        }

        return -1;
    }

    private int Stalest()
    {
        var stalest = -1;
        for (var i = 0; i < _candidates.Count; i++)
        {
            var isCandidate = _candidates[i].Address != Selected;
            if (isCandidate && (stalest < 0 || _candidates[i].LastCheck < _candidates[stalest].LastCheck))
            {
                stalest = i;
            }
        }

        return stalest;
    }

    private readonly record struct Candidate(NetAddress Address, Instant LastCheck);

    private sealed class Side(IceCredentials credentials)
    {
        public byte[] Ufrag { get; } = Encoding.UTF8.GetBytes(credentials.Ufrag);

        public byte[] Key { get; } = Encoding.UTF8.GetBytes(credentials.Password);

        public bool Is(string ufrag) => credentials.Ufrag == ufrag;
    }
}
