using System.Runtime.InteropServices;

namespace Classroom.MediaServer.Forwarding.Relays;

/// <summary>What goes from an encoding to its mirror on another loop: a packet, or how the encoding stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RelayMessage
{
    /// <summary>The mirror. The writing loop never looks into it.</summary>
    public Encoding To;

    /// <summary>Null for a packet.</summary>
    public EncodingState? State;

    /// <summary>Of a packet, as the original's store has it.</summary>
    public PacketStore.Entry Entry;

    /// <summary>Bytes of a packet as it came.</summary>
    public short WireLength;
}

/// <summary>What a mirror has to know besides the packets.</summary>
/// <param name="Width">Pixels of the last key frame; 0 when not known.</param>
/// <param name="Height">Pixels of the last key frame; 0 when not known.</param>
/// <param name="SpatialLayers">Within the encoding.</param>
/// <param name="Report">The sender's clock.</param>
/// <param name="IsAnew">Another source, or a gap: viewers go on at a key frame.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EncodingState(int Width, int Height, int SpatialLayers, SourceTime Report, bool IsAnew);
