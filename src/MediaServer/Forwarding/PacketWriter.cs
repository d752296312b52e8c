using System.Runtime.CompilerServices;
using Classroom.MediaServer.Bandwidth;
using Classroom.MediaServer.Forwarding.Layers;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Rtp;
using Classroom.Rtc.Srtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Writes a subscription's packets: its own header before the payload that all share, sealed straight into the queue.</summary>
/// <param name="output">The subscriber's connection.</param>
/// <param name="ssrc">Under which source.</param>
internal struct PacketWriter(OutgoingMedia output, uint ssrc)
{
    private const int KeyLines = 5;

    // A payload that is nothing but its own count byte.
    private static readonly byte[] s_paddingOnly = [1];

    private SrtpOutboundStream? _stream;
    private nint _keys;
    private nint _address;

    /// <summary>As the subscriber's description says.</summary>
    public SentFormat Format { get; set; }

    /// <summary>Place among the subscriptions of the connection, by which it is told of losses.</summary>
    public ushort Place { get; set; }

    /// <summary>By which the connection tells of the loss of a packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Tag(ushort outSequence) => PacketTag.Of(Place, outSequence);

    /// <summary>Brings into the cache what a packet needs besides the writer itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void FetchAhead()
    {
        Prefetch.Object(output, 1);
        Prefetch.Object(_stream, 1);
        Prefetch.Memory(_keys, KeyLines);
        Prefetch.Memory(_address, 1);
    }

    /// <summary>Takes note of what the next batch should have in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteAddresses()
    {
        if (_keys == 0 && _stream is not null)
        {
            _keys = _stream.KeyAddress;
            _address = output.Address;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(Encoding encoding, int slot, in Placement placement, Instant now)
    {
        var payload = Payload(encoding, slot, in placement, out var payloadType);
        if (IsDescribed(encoding, in placement))
        {
            WriteDescribed(encoding, slot, in placement, payload, now);
            return;
        }

        var packet = output.Reserve();
        RtpWriter.WriteHeader(packet, payloadType, placement.Marker, (ushort)placement.Sequence, placement.Timestamp, ssrc);
        RtpWriter.SetPaddingBit(packet, encoding.Store[slot].Padded || placement.Kind == PlacementKind.Blank);
        var length = output.AddNumber(packet, payload.Length, Format.IsNumbered, Tag((ushort)placement.Sequence), now);
        output.SendRtp(ref _stream, ssrc, packet, length, payload);
    }

    /// <summary>Writes a packet that was sent before: with RTX under the source of retransmissions, else as it was.</summary>
    /// <param name="repair">The retransmissions; there are some where RTX was agreed on.</param>
    /// <param name="encoding">Of the packet.</param>
    /// <param name="slot">Of the packet.</param>
    /// <param name="placement">As it was sent.</param>
    /// <param name="outSequence">Its number then.</param>
    /// <param name="now">Time.</param>
    public void WriteAgain(RepairStream? repair, Encoding encoding, int slot, in Placement placement, ushort outSequence, Instant now)
    {
        if (Format.RtxPayloadType == 0 || repair is null)
        {
            Write(encoding, slot, placement, now);
            return;
        }

        Span<byte> buffer = stackalloc byte[IsDescribed(encoding, in placement) ? DescriptorStore.MaxWrittenLength : 0];
        var descriptor = buffer.IsEmpty ? default : encoding.Descriptors!.Write(slot, in placement, isRepeatedAsIs: false, buffer);
        var payload = Payload(encoding, slot, in placement, out _);
        repair.Repeat(outSequence, placement.Timestamp, placement.Marker, encoding.Store[slot].Padded, payload, descriptor, Tag(outSequence), now);
    }

    // Apart from the others, so that only streams with descriptors pay for the longer header.
    private void WriteDescribed(Encoding encoding, int slot, in Placement placement, ReadOnlySpan<byte> payload, Instant now)
    {
        Span<byte> buffer = stackalloc byte[DescriptorStore.MaxWrittenLength];
        var packet = output.Reserve();
        var descriptor = encoding.Descriptors!.Write(slot, in placement, isRepeatedAsIs: Format.RtxPayloadType == 0, buffer);
        RtpWriter.WriteHeader(packet, Format.PayloadType, placement.Marker, (ushort)placement.Sequence, placement.Timestamp, ssrc);
        RtpWriter.SetPaddingBit(packet, encoding.Store[slot].Padded);
        var length = output.AddDescriptor(packet, Format.DescriptorId, descriptor, payload.Length, Format.IsNumbered, Tag((ushort)placement.Sequence), now);
        output.SendRtp(ref _stream, ssrc, packet, length, payload);
    }

    /// <summary>The packet goes with a dependency descriptor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsDescribed(Encoding encoding, in Placement placement) =>
        Format.DescriptorId != 0 && encoding.Descriptors is not null && placement.Kind != PlacementKind.Blank;

    /// <summary>The shared payload with this subscriber's numbers in it, until the next one writes its own.</summary>
    public readonly ReadOnlySpan<byte> Payload(Encoding encoding, int slot, in Placement placement, out byte payloadType)
    {
        payloadType = Format.PayloadType;
        if (placement.Kind == PlacementKind.Blank)
        {
            return s_paddingOnly;
        }

        ref readonly var entry = ref encoding.Store[slot];
        var payload = encoding.Store.Payload(slot);
        if (entry.Packet.Picture.IsKnown)
        {
            placement.Numbers.WriteTo(payload, in entry.Packet.Picture);
        }

        if (entry.PrimaryAt == 0)
        {
            return payload;
        }

        if (Format.RedPayloadType == 0)
        {
            return payload[entry.PrimaryAt..];
        }

        payloadType = Format.RedPayloadType;
        RedPayload.SetPayloadType(payload, Format.PayloadType);
        return payload;
    }
}
