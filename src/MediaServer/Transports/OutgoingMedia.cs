using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Transports;

/// <summary>What is sent to the peer on one connection: sealed straight into the queue.</summary>
internal sealed unsafe class OutgoingMedia(MediaLoop loop, PeerTransport transport)
{
    private readonly SendQueue _queue = loop.Forwarder.Queue;

    /// <summary>Adds the transport-wide number to a header, where that is agreed on.</summary>
    /// <returns>Length of the header.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddNumber(Span<byte> header, int bodyLength, bool isNumbered, Instant now) =>
        isNumbered && transport.Line is { TransportCcId: not 0 } line ? line.Number(header, bodyLength, now) : RtpPacket.FixedHeaderLength;

    /// <summary>The same with a dependency descriptor.</summary>
    public int AddDescriptor(Span<byte> header, byte descriptorId, ReadOnlySpan<byte> descriptor, int bodyLength, bool isNumbered, Instant now)
    {
        if (!isNumbered || transport.Line is not { TransportCcId: not 0 } line)
        {
            return PacketHeader.AddDescriptor(header, descriptorId, descriptor, numberId: 0, number: 0);
        }

        var number = line.TakeNumber(PacketHeader.MaxLength + descriptor.Length + bodyLength, now);
        return PacketHeader.AddDescriptor(header, descriptorId, descriptor, line.TransportCcId, number);
    }

    /// <summary>Sends a packet of a ready connection.</summary>
    /// <param name="stream">The sender's place in the current session; found anew after a new handshake.</param>
    /// <param name="ssrc">Of the header.</param>
    /// <param name="header">The subscriber's own.</param>
    /// <param name="payload">Shared by all subscribers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SendRtp(ref SrtpOutboundStream? stream, uint ssrc, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        if (Find(ref stream, ssrc) is { } context && context.TryProtectRtp(stream!, header, payload, _queue.Reserve(), out var length))
        {
            transport.Tap?.OnRtp(isOut: true, header, header.Length + payload.Length);
            _queue.Commit(transport.Ice.To, length);
            return;
        }

        loop.Counters.Refuse(Refusal.ProtectFailed);
    }

    /// <summary>The same with bytes before the payload and padding behind it.</summary>
    /// <param name="stream">As above.</param>
    /// <param name="ssrc">As above.</param>
    /// <param name="header">As above.</param>
    /// <param name="prefix">At most 64 bytes.</param>
    /// <param name="payload">As above.</param>
    /// <param name="padding">Bytes, the count included.</param>
    public void SendRtp(
        ref SrtpOutboundStream? stream, uint ssrc, ReadOnlySpan<byte> header, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload, byte padding)
    {
        if (Find(ref stream, ssrc) is { } context && context.TryProtectRtp(stream!, header, prefix, payload, padding, _queue.Reserve(), out var length))
        {
            transport.Tap?.OnRtp(isOut: true, header, header.Length + prefix.Length + payload.Length + padding);
            _queue.Commit(transport.Ice.To, length);
            loop.Forwarder.SendIfFull();
            return;
        }

        loop.Counters.Refuse(Refusal.ProtectFailed);
    }

    public void SendRtcp(ReadOnlySpan<byte> compound)
    {
        if (transport.OutgoingContext is { } context && context.TryProtectRtcp(compound, _queue.Reserve(), out var length))
        {
            transport.Tap?.OnRtcp(isOut: true, compound);
            _queue.Commit(transport.Ice.To, length, joins: false);
            loop.Forwarder.SendIfFull();
        }
    }

    public void SendRaw(ReadOnlySpan<byte> datagram)
    {
        if (!transport.Ice.HasAddress || transport.IsClosed)
        {
            return;
        }

        transport.Tap?.OnRaw(isOut: true, datagram);
        datagram.CopyTo(_queue.Reserve());
        _queue.Commit(transport.Ice.To, datagram.Length, joins: false);
        loop.Forwarder.SendIfFull();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SrtpContext? Find(ref SrtpOutboundStream? stream, uint ssrc)
    {
        var context = transport.OutgoingContext;
        if (context is not null && stream?.Context != context)
        {
            stream = context.OpenOutbound(ssrc);
        }

        return stream is null ? null : context;
    }
}
