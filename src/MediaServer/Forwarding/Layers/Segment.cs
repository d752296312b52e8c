using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>A run of source packets that all move by the same offsets. Packets right before it may have been left out.</summary>
internal struct Segment
{
    /// <summary>First source number of what was left out before the run; equal to <see cref="First"/> when nothing was.</summary>
    public long LeftOutFrom;

    /// <summary>First source number of the run.</summary>
    public long First;

    /// <summary>Added to source sequence numbers.</summary>
    public long Offset;

    /// <summary>Added to source timestamps.</summary>
    public uint TimestampOffset;

    /// <summary>Added to picture ids; fields take as many of the low bits as they have.</summary>
    public ushort PictureOffset;

    /// <summary>Added to TL0PICIDX.</summary>
    public byte BaseOffset;

    /// <summary>Added to the key index.</summary>
    public byte KeyOffset;

    /// <summary>Which encoding of the publication.</summary>
    public byte Encoding;

    /// <summary>Layers that the run lets through.</summary>
    public LayerCaps Caps;

    /// <summary>The run begins with a switch: nothing before it maps to this encoding.</summary>
    public bool IsBeginning;

    public readonly PictureNumbers Numbers(ref readonly PictureInfo picture) => new(
        (ushort)(picture.PictureId + PictureOffset),
        (byte)(picture.BaseIndex + BaseOffset),
        (byte)((picture.KeyIndex + KeyOffset) & 0x1F));
}

/// <summary>Highest layers that are let through.</summary>
internal readonly record struct LayerCaps(byte Spatial, byte Temporal)
{
    public static readonly LayerCaps None = new(byte.MaxValue, byte.MaxValue);

    public bool Hold(ref readonly PictureInfo picture) => picture.Spatial > Spatial || picture.Temporal > Temporal;
}
