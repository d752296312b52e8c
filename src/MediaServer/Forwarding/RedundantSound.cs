using Classroom.Rtc;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Sound that brings earlier packets along (RFC 2198): as plain packets for those who want it plain, and the lost ones
/// among the earlier put where they belong.
/// </summary>
/// <param name="payloadType">Of packets with redundancy.</param>
/// <param name="plainType">Of the sound itself.</param>
internal sealed class RedundantSound(byte payloadType, byte plainType)
{
    // How far back an earlier packet is looked for; the headers have room for 340 ms.
    private const int Reach = 20;

    private readonly byte[] _plain = new byte[1504];

    public byte PayloadType => payloadType;

    /// <summary>False for what breaks RFC 2198, and for a packet of something else than the publication's sound.</summary>
    public bool TryRead(in RtpPacket packet, out RedPayload red) => RedPayload.TryParse(packet.Payload, out red) && red.PrimaryType == plainType;

    /// <summary>Only then it can go on as it is: receivers have agreed on nothing else.</summary>
    public bool IsAllSound(in RedPayload red) => red.IsAll(plainType);

    /// <summary>The packet without redundancy, under the same number and with the same extensions; valid until the next call.</summary>
    public ReadOnlySpan<byte> Plain(in RtpPacket packet, in RedPayload red)
    {
        packet.Header.CopyTo(_plain);
        RtpWriter.SetPaddingBit(_plain, present: false);
        return Finish(packet.HeaderLength, red.Primary);
    }

    /// <summary>An earlier packet, as if it had come by itself; valid until the next call.</summary>
    /// <param name="packet">That brought it.</param>
    /// <param name="block">Of the packet.</param>
    /// <param name="distance">Packets between the two, plus one.</param>
    public ReadOnlySpan<byte> Earlier(in RtpPacket packet, in RedBlock block, int distance)
    {
        var header = RtpWriter.WriteHeader(
            _plain, plainType, marker: false, (ushort)(packet.SequenceNumber - distance), packet.Timestamp - block.TimestampOffset, packet.Ssrc);
        return Finish(header, block.Data);
    }

    /// <summary>
    /// How many packets before another one a lost one was sent. A block tells its time only: its number is certain where one
    /// packet is missing between two that came, and where so many are missing as sound without a pause between the two.
    /// </summary>
    /// <param name="store">What came; the packet itself need not be in it.</param>
    /// <param name="sequence">Of the packet that brings the block.</param>
    /// <param name="timestamp">Of the packet that brings the block.</param>
    /// <param name="block">One of its earlier ones.</param>
    /// <param name="now">Time.</param>
    /// <returns>0: it is not missing, or nobody knows where it belongs.</returns>
    public int DistanceOf(PacketStore store, long sequence, uint timestamp, in RedBlock block, Instant now)
    {
        if (block.PayloadType != plainType || block.TimestampOffset == 0 || block.Data.IsEmpty)
        {
            return 0;
        }

        var (next, nextOffset) = (0, 0);
        for (var back = 1; back <= Reach; back++)
        {
            if (!store.TryFind(sequence - back, now, out var slot))
            {
                continue;
            }

            var offset = (int)(timestamp - store[slot].Packet.Timestamp);
            if (offset >= block.TimestampOffset)
            {
                return offset == block.TimestampOffset ? 0 : Within(next, nextOffset, back, offset, block);
            }

            (next, nextOffset) = (back, offset);
        }

        return 0;
    }

    // Between two packets that came, both counted back from the one that brings the block. No packet begins before the one
    // before it has ended, so when all of them fit in without a gap there is no other way.
    private static int Within(int next, int nextOffset, int last, int lastOffset, in RedBlock block)
    {
        var steps = last - next;
        if (steps == 2)
        {
            return next + 1;
        }

        var length = OpusPayload.DurationOf(block.Data);
        var fits = length > 0 && lastOffset - nextOffset == steps * length && (block.TimestampOffset - nextOffset) % length == 0;
        return fits ? next + ((block.TimestampOffset - nextOffset) / length) : 0;
    }

    private ReadOnlySpan<byte> Finish(int headerLength, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(_plain.AsSpan(headerLength));
        RtpWriter.SetPayloadType(_plain, plainType);
        return _plain.AsSpan(0, headerLength + payload.Length);
    }
}
