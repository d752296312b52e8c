using System.Buffers.Binary;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// The retransmissions of one subscription under a source of their own (RFC 4588), which leaves loss visible in the
/// receiver's reports; and padding that probes the line, which has no place among the numbers of a picture.
/// </summary>
internal sealed class RepairStream(PeerTransport transport, uint ssrc)
{
    /// <summary>Largest packet of padding: header, count and what the count can say.</summary>
    public const int MaxPadding = 255;

    private const int PrefixLength = 2;

    // Begins low, so that early reordering does not look like a wrap (RFC 3711, 3.3.1).
    private ushort _sequence = (ushort)Random.Shared.Next(1000, 30000);
    private uint _lastTimestamp;
    private SrtpOutboundStream? _stream;

    public uint Ssrc { get; } = ssrc;

    /// <summary>As the subscriber's description says.</summary>
    public SentFormat Format { get; set; }

    /// <summary>Sends a packet again.</summary>
    /// <param name="original">Its sequence number when it was sent first.</param>
    /// <param name="timestamp">Of the packet.</param>
    /// <param name="marker">Of the packet.</param>
    /// <param name="padded">Its payload ends with padding.</param>
    /// <param name="payload">Of the packet.</param>
    /// <param name="descriptor">As the packet had it; empty: none.</param>
    /// <param name="tag">Of the packet.</param>
    /// <param name="now">Time.</param>
    public void Repeat(
        ushort original, uint timestamp, bool marker, bool padded, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> descriptor, uint tag, Instant now)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        BinaryPrimitives.WriteUInt16BigEndian(prefix, original);
        _lastTimestamp = timestamp;
        Send(marker, padded, prefix, payload, descriptor, padding: 0, tag, now);
    }

    /// <summary>Sends padding and nothing else.</summary>
    /// <param name="bytes">Wanted; as much as one packet holds is sent.</param>
    /// <param name="now">Time.</param>
    /// <returns>Bytes sent, header and all.</returns>
    public int Pad(int bytes, Instant now)
    {
        var padding = (byte)Math.Clamp(bytes - PacketHeader.MaxLength, 1, MaxPadding);
        Send(marker: false, padded: false, default, default, default, padding, tag: 0, now);
        return PacketHeader.MaxLength + padding;
    }

    private void Send(
        bool marker, bool padded, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> descriptor, byte padding, uint tag, Instant now)
    {
        var packet = transport.Out.Reserve();
        RtpWriter.WriteHeader(packet, Format.RtxPayloadType, marker, _sequence++, _lastTimestamp, Ssrc);
        RtpWriter.SetPaddingBit(packet, padded);
        var bodyLength = prefix.Length + payload.Length + padding;
        var length = descriptor.IsEmpty
            ? transport.Out.AddNumber(packet, bodyLength, isNumbered: true, tag, now)
            : transport.Out.AddDescriptor(packet, Format.DescriptorId, descriptor, bodyLength, isNumbered: true, tag, now);
        transport.Out.SendRtp(ref _stream, Ssrc, packet, length, prefix, payload, padding);
    }
}
