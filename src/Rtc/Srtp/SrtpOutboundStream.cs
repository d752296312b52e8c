using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Classroom.Rtc.Rtp;

namespace Classroom.Rtc.Srtp;

/// <summary>One SSRC that a context sends: who holds it spares the look-up for each packet. See <see cref="SrtpContext.OpenOutbound"/>.</summary>
public sealed class SrtpOutboundStream
{
    private readonly SrtpTransform _transform;

    // Not needed where packets may be repeated, and then not made: a full room has thousands of streams.
    private readonly ReplayWindow? _window;
    private long _highest = -1;

    internal SrtpOutboundStream(SrtpContext context, SrtpTransform transform, uint ssrc)
    {
        Context = context;
        Ssrc = ssrc;
        _transform = transform;
        _window = context.AllowsRepeats ? null : new ReplayWindow();
    }

    public uint Ssrc { get; }

    /// <summary>The context that opened it, and the only one that may use it.</summary>
    public SrtpContext Context { get; }

    /// <summary>
    /// Where the keys lie that every packet needs, for who wants to have them in the cache before their turn; zero when that
    /// is not known. Only an address to prefetch: it may be freed at any time.
    /// </summary>
    public nint KeyAddress => _transform.KeyAddress;

    /// <summary>Protects a packet whose header is in its place already, at the start of the destination.</summary>
    /// <param name="headerLength">Of the whole RTP header with its extensions, which names this stream.</param>
    /// <param name="payload">May be in its place already; must not overlap the destination otherwise.</param>
    /// <param name="destination">Room for header, payload and <see cref="SrtpContext.RtpOverhead"/>.</param>
    /// <param name="written">Length of the protected packet.</param>
    /// <returns>False when the packet is repeated or too old, or the room is too small.</returns>
    public bool TryProtect(int headerLength, ReadOnlySpan<byte> payload, Span<byte> destination, out int written)
    {
        written = 0;
        var length = headerLength + payload.Length + _transform.RtpOverhead;
        if (destination.Length < length || headerLength < RtpPacket.FixedHeaderLength)
        {
            return false;
        }

        var index = Take(BinaryPrimitives.ReadUInt16BigEndian(destination[2..]));
        if (index < 0 || !_transform.SealRtp(destination[..headerLength], payload, destination[headerLength..length], Ssrc, index))
        {
            return false;
        }

        written = length;
        return true;
    }

    /// <summary>
    /// The same for a payload that begins with other bytes (RTX's original sequence number) or that is padded.
    /// </summary>
    /// <param name="headerLength">As above; the padding bit is set here when there is padding.</param>
    /// <param name="prefix">Goes before the payload; at most 64 bytes.</param>
    /// <param name="payload">Must not overlap the destination.</param>
    /// <param name="padding">Bytes of RTP padding behind the payload, 0 to 255.</param>
    /// <param name="destination">Room for all of it and <see cref="SrtpContext.RtpOverhead"/>.</param>
    /// <param name="written">Length of the protected packet.</param>
    public bool TryProtect(
        int headerLength, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload, byte padding, Span<byte> destination, out int written)
    {
        written = 0;
        var bodyLength = prefix.Length + payload.Length + padding;
        if (headerLength < RtpPacket.FixedHeaderLength || destination.Length < headerLength + bodyLength + _transform.RtpOverhead)
        {
            return false;
        }

        // Copying costs 20 ns for a whole packet and spares the cipher three calls on odd lengths.
        var body = destination.Slice(headerLength, bodyLength);
        prefix.CopyTo(body);
        payload.CopyTo(body[prefix.Length..]);
        if (padding > 0)
        {
            body[^padding..].Clear();
            body[^1] = padding;
            RtpWriter.SetPaddingBit(destination, present: true);
        }

        return TryProtect(headerLength, body, destination, out written);
    }

    /// <summary>Finds the packet's index and takes note of it.</summary>
    /// <returns>The index; negative when the packet is repeated though it must not be, or would be before the first rollover.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Take(ushort sequence)
    {
        var index = PacketIndex.Estimate(_highest, sequence);
        if (index < 0 || (_window is not null && !_window.IsFresh(index)))
        {
            return -1;
        }

        _window?.Mark(index);
        _highest = Math.Max(_highest, index);
        return index;
    }
}
