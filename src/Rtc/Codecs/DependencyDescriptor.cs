namespace Classroom.Rtc.Codecs;

/// <summary>
/// One packet's dependency descriptor (RTP Payload Format for AV1, appendix A.8): which frame it belongs to, the frame's
/// layer, and what it is to each decode target.
/// </summary>
public struct DependencyDescriptor
{
    /// <summary>Bytes of a descriptor without extended fields.</summary>
    public const int MandatoryLength = 3;

    /// <summary>Longest descriptor that is read: a structure of all templates with custom fields stays far below.</summary>
    public const int MaxLength = 255;

    /// <summary>Goes up by one with each frame and wraps at 65,536.</summary>
    public ushort FrameNumber;

    /// <summary>First packet of the frame.</summary>
    public bool IsStart;

    /// <summary>Last packet of the frame.</summary>
    public bool IsEnd;

    /// <summary>The packet brings a template structure: decoding can begin here.</summary>
    public bool HasStructure;

    /// <summary>The frame refers to no frame before it.</summary>
    public bool IsIndependent;

    /// <summary>Spatial layer of the frame.</summary>
    public byte Spatial;

    /// <summary>Temporal layer of the frame.</summary>
    public byte Temporal;

    /// <summary>Decode targets that the sender produces now, one bit each; null when the packet does not say.</summary>
    public uint? ActiveTargets;

    /// <summary>Where the structure's bits end; the active targets come there. For the writer.</summary>
    internal int MaskAt;

    /// <summary>Where the bits behind the active targets begin, and where the descriptor ends. For the writer.</summary>
    internal int RestAt;

    internal int EndAt;

    // Two bits for each of at most 32 decode targets.
    private ulong _indications;

    /// <summary>What the frame is to a decode target.</summary>
    public readonly DecodeIndication For(int target) => (DecodeIndication)((_indications >> (target * 2)) & 3);

    internal void Set(int target, DecodeIndication indication) =>
        _indications = (_indications & ~(3ul << (target * 2))) | ((ulong)indication << (target * 2));
}
