using System.Runtime.CompilerServices;
using Classroom.MediaServer.Forwarding;
using Classroom.MediaServer.Network;
using Classroom.Rtc;
using Classroom.Rtc.Stun;

namespace Classroom.MediaServer.Loops;

/// <summary>
/// Brings each datagram to its transport: told apart by first byte (RFC 7983), found by address, checks by username. What
/// belongs to a room of another loop is handed over to that loop.
/// </summary>
/// <param name="handover">What other loops leave here, and the way to them.</param>
internal sealed unsafe class DatagramRouter(TransportTable transports, Forwarder forwarder, Handover handover, LoopCounters counters)
{
    private const int DatagramsPerTurn = 256;

    // A thousand browsers that all begin at one bell stay below this.
    private TokenBucket _checks = new(perSecond: 20_000, burst: 20_000);

    // Of addresses that no loop knows yet: handing over costs more than looking up, and its places are few.
    private TokenBucket _strangers = new(perSecond: 1000, burst: 1000);
    private Handover[] _handovers = [];

    /// <param name="handovers">Of all loops, in their order.</param>
    public void Start(Handover[] handovers) => _handovers = handovers;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Dispatch(Span<byte> datagram, SocketAddressBytes* from, Instant now, bool mayHandOver)
    {
        counters.DatagramsIn++;
        counters.BytesIn += datagram.Length;
        var kind = Datagram.Classify(datagram);
        if (kind == DatagramKind.Unknown)
        {
            counters.Refuse(Refusal.UnknownDatagram);
            return;
        }

        var address = from->ToNetAddress();
        if (kind == DatagramKind.Stun)
        {
            OnStun(datagram, from, address, now, mayHandOver);
            return;
        }

        if (transports.Find(address) is not { } transport)
        {
            HandOverOrRefuse(mayHandOver ? transports.OtherLoop(address) : -1, datagram, from, Refusal.UnvalidatedAddress, isCheck: false);
            return;
        }

        switch (kind)
        {
            case DatagramKind.Rtp:
                transport.OnRtp(datagram, now);
                break;
            case DatagramKind.Rtcp:
                transport.OnRtcp(datagram, now);
                break;
            default:
                transport.OnDtls(datagram, now);
                break;
        }
    }

    /// <summary>Dispatches what other loops received for this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeHandedOver(Instant now)
    {
        for (var i = 0; i < handover.Count; i++)
        {
            if (handover.Incoming(i) is { } ring)
            {
                Take(ring, now);
            }
        }
    }

    private void Take(HandoverRing ring, Instant now)
    {
        var taken = 0;
        for (; taken < DatagramsPerTurn && ring.TryPeek(taken, out var datagram, out var from); taken++)
        {
            Dispatch(datagram, from, now, mayHandOver: false);
        }

        if (taken > 0)
        {
            // The answers in the queue point at the ring's addresses: they leave before the ring goes on.
            forwarder.Flush(now);
            ring.Advance(taken);
        }
    }

    private void OnStun(Span<byte> datagram, SocketAddressBytes* from, NetAddress address, Instant now, bool mayHandOver)
    {
        if (!StunMessage.TryParse(datagram, out var message))
        {
            counters.Refuse(Refusal.UnknownStun);
            return;
        }

        // A response carries no name; it belongs to whom the address belongs to.
        var transport = message.IsBindingRequest ? transports.FindByUsername(message.Username) : transports.Find(address);
        if (transport is not null)
        {
            if (!_checks.TryTake(now))
            {
                counters.Refuse(Refusal.TooManyChecks);
                return;
            }

            transport.OnStun(datagram, from, address, now);
            return;
        }

        // What names nobody here is dropped before it costs another loop anything.
        var other = message.IsBindingRequest ? transports.OtherLoop(message.Username) : transports.OtherLoop(address);
        if (other >= 0 && transports.OtherLoop(address) < 0 && !_strangers.TryTake(now))
        {
            counters.Refuse(Refusal.TooManyChecks);
            return;
        }

        HandOverOrRefuse(mayHandOver ? other : -1, datagram, from, Refusal.UnknownStun, isCheck: true);
    }

    private void HandOverOrRefuse(int loop, Span<byte> datagram, SocketAddressBytes* from, Refusal reason, bool isCheck)
    {
        // A TCP connection belongs to one loop and cannot speak for transports of another.
        if (loop < 0 || loop >= _handovers.Length || from->IsStream)
        {
            counters.Refuse(reason);
            return;
        }

        if (!handover.TryGive(_handovers[loop], datagram, from, loop, isCheck))
        {
            counters.Refuse(Refusal.HandoverFull);
        }
    }
}
