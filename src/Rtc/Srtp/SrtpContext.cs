using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Srtp;

/// <summary>
/// Protects or unprotects the packets of one direction of one DTLS session (RFC 3711, RFC 7714). Use one context to
/// send and another, with the other side's key, to receive. For one thread at a time; allocates per new SSRC only.
/// </summary>
/// <remarks>
/// A sender's first sequence number of an SSRC should be under 32,768: a receiver that misses the first packets and
/// meets the stream behind the wrap cannot know the rollover counter (RFC 3711, 3.3.1).
/// </remarks>
public sealed class SrtpContext : IDisposable
{
    /// <summary>SSRCs that a peer may send; packets of more are refused.</summary>
    public const int MaxInboundSsrcs = 64;

    private const int MaxOutboundSsrcs = 4096;
    private const uint IndexMask = 0x7FFF_FFFF;
    private readonly SrtpTransform _transform;
    private readonly Dictionary<uint, SrtpOutboundStream> _outbound = [];
    private readonly SrtpStreams _inbound = new(MaxInboundSsrcs);
    private readonly SrtpStreams _inboundControl = new(MaxInboundSsrcs);
    private uint _controlIndex;

    /// <param name="profile">What DTLS agreed on.</param>
    /// <param name="key">Master key, <see cref="SrtpProfileSizes.MasterKeyLength"/> bytes.</param>
    /// <param name="salt">Master salt, <see cref="SrtpProfileSizes.MasterSaltLength"/> bytes.</param>
    public SrtpContext(SrtpProfile profile, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
        : this(SrtpSessionKeys.FromMaster(profile, key, salt))
    {
    }

    internal SrtpContext(SrtpSessionKeys keys)
    {
        Profile = keys.Profile;
        _transform = keys.CreateTransform();
    }

    public SrtpProfile Profile { get; }

    /// <summary>
    /// Lets the same sequence number be protected again, for retransmission without RTX. Only with byte for byte the same
    /// packet, header extensions included: anything else under the same index gives the key stream away.
    /// </summary>
    public bool AllowsRepeats { get; init; }

    /// <summary>Bytes that protection adds to an RTP packet.</summary>
    public int RtpOverhead => _transform.RtpOverhead;

    /// <summary>Bytes that protection adds to an RTCP packet.</summary>
    public int RtcpOverhead => _transform.RtcpOverhead;

    /// <param name="plain">An RTP packet; may be the start of the destination itself.</param>
    /// <param name="destination">Room for the packet and <see cref="RtpOverhead"/>.</param>
    /// <param name="written">Length of the protected packet.</param>
    /// <returns>False when the packet is malformed, repeated or too old, or the room is too small.</returns>
    public bool TryProtectRtp(ReadOnlySpan<byte> plain, Span<byte> destination, out int written)
    {
        written = 0;
        return RtpPacket.TryGetHeaderLength(plain, out var headerLength)
            && TryProtectRtp(plain[..headerLength], plain[headerLength..], destination, out written);
    }

    /// <summary>The same from a header and a payload that lie apart.</summary>
    /// <param name="header">A whole RTP header with its extensions.</param>
    /// <param name="payload">Must not overlap the destination, unless it is already in its place there.</param>
    /// <param name="destination">Room for header, payload and <see cref="RtpOverhead"/>.</param>
    /// <param name="written">Length of the protected packet.</param>
    /// <returns>False when the packet is repeated or too old, the room is too small, or the SSRC is one too many.</returns>
    public bool TryProtectRtp(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> destination, out int written)
    {
        written = 0;
        return header.Length >= RtpPacket.FixedHeaderLength
            && header.TryCopyTo(destination)
            && OpenOutbound(BinaryPrimitives.ReadUInt32BigEndian(header[8..])) is { } stream
            && stream.TryProtect(header.Length, payload, destination, out written);
    }

    /// <summary>The stream of an SSRC that is sent; null when that would be one too many.</summary>
    public SrtpOutboundStream? OpenOutbound(uint ssrc)
    {
        if (!_outbound.TryGetValue(ssrc, out var stream) && _outbound.Count < MaxOutboundSsrcs)
        {
            stream = new SrtpOutboundStream(this, _transform, ssrc);
            _outbound.Add(ssrc, stream);
        }

        return stream;
    }

    /// <summary>Checks and decrypts in place.</summary>
    /// <param name="packet">As received; garbage when the result is false.</param>
    /// <param name="length">Length of the plain packet, which begins at the same place.</param>
    /// <returns>False when the packet is malformed, forged, replayed, too old, or of one SSRC too many.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryUnprotectRtp(Span<byte> packet, out int length)
    {
        length = 0;
        if (!RtpPacket.TryGetHeaderLength(packet, out var headerLength) || packet.Length < headerLength + RtpOverhead)
        {
            return false;
        }

        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        var stream = _inbound.Find(ssrc);
        var index = stream?.EstimateIndex(sequence) ?? sequence;
        if ((stream is null && _inbound.IsFull) || (stream is not null && !stream.Window.IsFresh(index))
            || !_transform.OpenRtp(packet, headerLength, ssrc, index))
        {
            return false;
        }

        // Only an authentic packet may create or move a stream's state.
        stream ??= _inbound.Add(ssrc);
        stream.Window.Mark(index);
        length = packet.Length - RtpOverhead;
        return true;
    }

    /// <summary>Whether an RTP packet is refused because its SSRC would be one too many. The packet may be decrypted or not.</summary>
    public bool IsFullFor(ReadOnlySpan<byte> packet) =>
        packet.Length >= RtpPacket.FixedHeaderLength && _inbound.IsFull && _inbound.Find(BinaryPrimitives.ReadUInt32BigEndian(packet[8..])) is null;

    /// <param name="plain">A compound RTCP packet; may be the start of the destination itself.</param>
    /// <param name="destination">Room for the packet and <see cref="RtcpOverhead"/>.</param>
    /// <param name="written">Length of the protected packet.</param>
    public bool TryProtectRtcp(ReadOnlySpan<byte> plain, Span<byte> destination, out int written)
    {
        written = 0;
        var length = plain.Length + RtcpOverhead;
        if (plain.Length < 8 || destination.Length < length || _controlIndex == IndexMask)
        {
            return false;
        }

        plain.CopyTo(destination);
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(plain[4..]);
        if (!_transform.SealRtcp(destination[..length], ssrc, ++_controlIndex))
        {
            return false;
        }

        written = length;
        return true;
    }

    /// <summary>Checks and decrypts in place, as <see cref="TryUnprotectRtp"/>; unencrypted SRTCP is refused.</summary>
    public bool TryUnprotectRtcp(Span<byte> packet, out int length)
    {
        length = 0;
        if (packet.Length < 8 + RtcpOverhead || packet[0] >> 6 != 2)
        {
            return false;
        }

        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[^_transform.IndexOffsetFromEnd..]);
        var index = word & IndexMask;
        var stream = _inboundControl.Find(ssrc);
        if (word == index || (stream is null && _inboundControl.IsFull) || (stream is not null && !stream.Window.IsFresh(index))
            || !_transform.OpenRtcp(packet, ssrc, index))
        {
            return false;
        }

        stream ??= _inboundControl.Add(ssrc);
        stream.Window.Mark(index);
        length = packet.Length - RtcpOverhead;
        return true;
    }

    /// <summary>Makes room for another inbound SSRC when a peer has stopped one. Its packets could be replayed after that.</summary>
    public void ForgetInbound(uint ssrc)
    {
        _inbound.Remove(ssrc);
        _inboundControl.Remove(ssrc);
    }

    public void Dispose() => _transform.Dispose();
}
