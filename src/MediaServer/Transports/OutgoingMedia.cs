using System.Runtime.CompilerServices;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Diagnostics;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Transports;

/// <summary>
/// What is sent to the peer on one connection: sealed straight into the queue. All that a packet needs of its connection is here,
/// because a full room sends to a hundred of them in one turn, and each object more is a line of the cache more.
/// </summary>
internal sealed unsafe class OutgoingMedia(MediaLoop loop, IcePath ice)
{
    private readonly SendQueue _queue = loop.Forwarder.Queue;
    private Subscription? _firstPending;
    private Subscription? _lastPending;

    /// <summary>Where to send. Messages in the queue point at it.</summary>
    public SocketAddressBytes* To { get; } = ice.To;

    public nint Address => (nint)To;

    /// <summary>Seals what is sent; null until the connection is ready.</summary>
    public SrtpContext? Context { get; set; }

    /// <summary>What the line to a subscriber takes; null when it says nothing of it.</summary>
    public SubscriberLine? Line { get; set; }

    /// <summary>Hears what comes and goes; null as long as nobody traces it.</summary>
    public ConnectionTap? Tap { get; set; }

    /// <summary>True when this is the first of the batch for this connection.</summary>
    public bool Pend(Subscription subscription)
    {
        var isFirst = _firstPending is null;
        if (isFirst)
        {
            _firstPending = subscription;
        }
        else
        {
            _lastPending!.NextPending = subscription;
        }

        _lastPending = subscription;
        return isFirst;
    }

    /// <summary>Appends what is pending to a list, in the order of <see cref="Pend"/>.</summary>
    public void TakePending(List<Subscription> into)
    {
        for (var subscription = _firstPending; subscription is not null;)
        {
            into.Add(subscription);
            (subscription, subscription.NextPending) = (subscription.NextPending, null);
        }

        (_firstPending, _lastPending) = (null, null);
    }

    /// <summary>Adds the transport-wide number to a header, where that is agreed on.</summary>
    /// <param name="header">A fixed header, and room behind it.</param>
    /// <param name="bodyLength">What follows the header.</param>
    /// <param name="isNumbered">The receiver wants its number.</param>
    /// <param name="tag">By which the sender is told of its loss (<see cref="PacketTag"/>); 0: it is not.</param>
    /// <param name="now">Time.</param>
    /// <returns>Length of the header.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddNumber(Span<byte> header, int bodyLength, bool isNumbered, uint tag, Instant now) =>
        isNumbered && Line is { TransportCcId: not 0 } line ? line.Number(header, bodyLength, tag, now) : RtpPacket.FixedHeaderLength;

    /// <summary>The same with a dependency descriptor.</summary>
    public int AddDescriptor(Span<byte> header, byte descriptorId, ReadOnlySpan<byte> descriptor, int bodyLength, bool isNumbered, uint tag, Instant now)
    {
        if (!isNumbered || Line is not { TransportCcId: not 0 } line)
        {
            return PacketHeader.AddDescriptor(header, descriptorId, descriptor, numberId: 0, number: 0);
        }

        var number = line.TakeNumber(PacketHeader.MaxLength + descriptor.Length + bodyLength, tag, now);
        return PacketHeader.AddDescriptor(header, descriptorId, descriptor, line.TransportCcId, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SendIfFull() => loop.Forwarder.SendIfFull();

    /// <summary>Room for the next packet: its header goes to the start.</summary>
    public Span<byte> Reserve() => _queue.Reserve();

    /// <summary>Sends a packet of a ready connection.</summary>
    /// <param name="stream">The sender's place in the current session; found anew after a new handshake.</param>
    /// <param name="ssrc">Of the header.</param>
    /// <param name="packet">As reserved, the subscriber's own header in it.</param>
    /// <param name="headerLength">Of the header.</param>
    /// <param name="payload">Shared by all subscribers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SendRtp(ref SrtpOutboundStream? stream, uint ssrc, Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload)
    {
        if (HasStream(ref stream, ssrc))
        {
            if (Tap is { } tap)
            {
                TellTap(tap, packet[..headerLength], payload.Length);
            }

            if (stream!.TryProtect(headerLength, payload, packet, out var length))
            {
                _queue.Commit(To, length);
                return;
            }
        }

        loop.Counters.Refuse(Refusal.ProtectFailed);
    }

    /// <summary>The same with bytes before the payload and padding behind it.</summary>
    /// <param name="stream">As above.</param>
    /// <param name="ssrc">As above.</param>
    /// <param name="packet">As above.</param>
    /// <param name="headerLength">As above.</param>
    /// <param name="prefix">At most 64 bytes.</param>
    /// <param name="payload">As above.</param>
    /// <param name="padding">Bytes, the count included.</param>
    public void SendRtp(
        ref SrtpOutboundStream? stream, uint ssrc, Span<byte> packet, int headerLength, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload, byte padding)
    {
        if (HasStream(ref stream, ssrc))
        {
            Tap?.OnRtp(isOut: true, packet[..headerLength], headerLength + prefix.Length + payload.Length + padding);
            if (stream!.TryProtect(headerLength, prefix, payload, padding, packet, out var length))
            {
                _queue.Commit(To, length);
                loop.Forwarder.SendIfFull();
                return;
            }
        }

        loop.Counters.Refuse(Refusal.ProtectFailed);
    }

    public void SendRtcp(ReadOnlySpan<byte> compound)
    {
        if (Context is { } context && context.TryProtectRtcp(compound, _queue.Reserve(), out var length))
        {
            Tap?.OnRtcp(isOut: true, compound);
            _queue.Commit(To, length, joins: false);
            loop.Forwarder.SendIfFull();
        }
    }

    public void SendRaw(ReadOnlySpan<byte> datagram)
    {
        if (!ice.HasAddress)
        {
            return;
        }

        Tap?.OnRaw(isOut: true, datagram);
        datagram.CopyTo(_queue.Reserve());
        _queue.Commit(To, datagram.Length, joins: false);
        loop.Forwarder.SendIfFull();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasStream(ref SrtpOutboundStream? stream, uint ssrc)
    {
        if (Context is not { } context)
        {
            return false;
        }

        if (stream?.Context != context)
        {
            stream = context.OpenOutbound(ssrc);
        }

        return stream is not null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TellTap(ConnectionTap tap, ReadOnlySpan<byte> header, int payloadLength) =>
        tap.OnRtp(isOut: true, header, header.Length + payloadLength);
}
