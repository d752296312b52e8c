namespace Classroom.Rtc.Tests.Rtp;

/// <summary>Sound with redundancy (RFC 2198) as senders write it.</summary>
internal static class RedBlocks
{
    /// <param name="payloadType">Of all blocks.</param>
    /// <param name="primary">The packet's own sound.</param>
    /// <param name="earlier">Packets that it brings along, and by how much they are older.</param>
    public static byte[] Pack(byte payloadType, byte[] primary, params (int Offset, byte[] Data)[] earlier)
    {
        List<byte> payload = [];
        foreach (var (offset, data) in earlier)
        {
            var fields = ((uint)offset << 10) | (uint)data.Length;
            payload.AddRange([(byte)(0x80 | payloadType), (byte)(fields >> 16), (byte)(fields >> 8), (byte)fields]);
        }

        payload.Add(payloadType);
        return [.. payload, .. earlier.SelectMany(one => one.Data), .. primary];
    }
}
