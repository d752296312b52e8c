namespace Classroom.Rtc.Codecs;

/// <summary>Distances to the frames that a frame refers to, in frame numbers.</summary>
[System.Runtime.CompilerServices.InlineArray(MaxCount)]
public struct FrameReferences
{
    /// <summary>References that are kept; AV1 itself has seven.</summary>
    public const int MaxCount = 8;

    private ushort _first;
}

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

    /// <summary>Frames that the frame refers to; one more than <see cref="FrameReferences.MaxCount"/> stands for "many".</summary>
    public byte ReferenceCount;

    public FrameReferences References;

    /// <summary>Decode targets of the structure in force.</summary>
    public byte TargetCount;

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

    /// <summary>The frame refers to no frame before it.</summary>
    public readonly bool IsIndependent => ReferenceCount == 0;

    /// <summary>What the frame is to a decode target.</summary>
    public readonly DecodeIndication For(int target) => (DecodeIndication)((_indications >> (target * 2)) & 3);

    internal void AddReference(uint distance)
    {
        if (ReferenceCount < FrameReferences.MaxCount)
        {
            References[ReferenceCount] = (ushort)distance;
        }

        ReferenceCount = (byte)Math.Min(ReferenceCount + 1, FrameReferences.MaxCount + 1);
    }

    internal void Set(int target, DecodeIndication indication) =>
        _indications = (_indications & ~(3ul << (target * 2))) | ((ulong)indication << (target * 2));
}
