namespace Classroom.MediaServer.Bandwidth;

/// <summary>What a packet is called in the record of what was sent: its stream on this connection, and its number there.</summary>
internal static class PacketTag
{
    /// <param name="stream">From 1 on; 0: nobody wants to know when it is lost.</param>
    /// <param name="sequence">As the receiver knows it.</param>
    public static uint Of(ushort stream, ushort sequence) => stream == 0 ? 0 : (uint)stream << 16 | sequence;

    public static ushort Stream(uint tag) => (ushort)(tag >> 16);

    public static ushort Sequence(uint tag) => (ushort)tag;
}
