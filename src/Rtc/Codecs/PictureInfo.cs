namespace Classroom.Rtc.Codecs;

/// <summary>Video codecs whose payloads are read.</summary>
public enum VideoCodec : byte { None, Vp8, H264, Vp9, Av1 }

/// <summary>What a packet means for its picture.</summary>
[Flags]
public enum PictureFlags : byte
{
    None = 0,

    /// <summary>The payload was understood.</summary>
    Known = 1,

    /// <summary>First packet of a frame; with spatial layers, of a layer's frame.</summary>
    Start = 2,

    /// <summary>Last packet of a frame; only where the payload says so (VP9, AV1 with descriptor).</summary>
    End = 4,

    /// <summary>Decoding can begin with this packet.</summary>
    Key = 8,

    /// <summary>Brings parameter sets (H.264): another encoding can only be joined here.</summary>
    ParameterSets = 16,

    /// <summary>
    /// From here on a higher temporal layer can be taken: VP8's layer sync bit (for the picture's own layer), VP9's U bit and
    /// AV1's switch indications (for the layers above it).
    /// </summary>
    SwitchUp = 32,

    /// <summary>Refers to pictures before it. Set for everything that does not say otherwise.</summary>
    Predicted = 64,
}

/// <summary>
/// What a payload says of its picture, for every codec in one shape: layers, and where the numbers stand that a switch
/// between encodings must rewrite. Read once per packet, used by every subscription.
/// </summary>
public struct PictureInfo
{
    /// <summary>What the packet is to its picture.</summary>
    public PictureFlags Flags;

    /// <summary>0 when the payload names none.</summary>
    public byte Spatial;

    /// <summary>0 when the payload names none; H.264: 1 for pictures that nothing refers to.</summary>
    public byte Temporal;

    /// <summary>Spatial layers of the stream, of a packet that describes them; else 0.</summary>
    public byte SpatialLayers;

    /// <summary>
    /// Number of the picture, 7 or 15 bits; valid when <see cref="PictureIdAt"/> is not 0. For AV1 the descriptor's frame number, 16 bits.
    /// </summary>
    public ushort PictureId;

    /// <summary>Index of the last picture of temporal layer 0; valid when <see cref="BaseIndexAt"/> is not 0.</summary>
    public byte BaseIndex;

    /// <summary>VP8's temporal key frame index, 5 bits; valid when <see cref="KeyIndexAt"/> is not 0.</summary>
    public byte KeyIndex;

    /// <summary>Offset of the picture id in the payload; 0: absent.</summary>
    public byte PictureIdAt;

    /// <summary>Offset of TL0PICIDX in the payload; 0: absent.</summary>
    public byte BaseIndexAt;

    /// <summary>Offset of the byte with TID, Y and KEYIDX in the payload; 0: absent.</summary>
    public byte KeyIndexAt;

    /// <summary>The picture id takes two bytes.</summary>
    public bool IsLongPictureId;

    /// <summary>Of the largest layer in pixels, where the packet says it; else 0.</summary>
    public ushort Width;

    /// <summary>Of the largest layer in pixels, where the packet says it; else 0.</summary>
    public ushort Height;

    public readonly bool IsKnown => Has(PictureFlags.Known);

    public readonly bool IsKey => Has(PictureFlags.Key);

    public readonly bool IsStart => Has(PictureFlags.Start);

    public readonly bool Has(PictureFlags flag) => (Flags & flag) != PictureFlags.None;

    /// <summary>Reads a payload. What cannot be read is a picture of unknown layers; nothing throws.</summary>
    /// <param name="codec">Of the stream.</param>
    /// <param name="payload">RTP payload without padding.</param>
    public static PictureInfo Read(VideoCodec codec, ReadOnlySpan<byte> payload) => codec switch
    {
        VideoCodec.Vp8 => Vp8Payload.Read(payload),
        VideoCodec.H264 => H264Payload.Read(payload),
        VideoCodec.Vp9 => Vp9Payload.Read(payload),
        VideoCodec.Av1 => Av1Payload.Read(payload),
        _ => default,
    };

    /// <param name="name">As in SDP, canonical spelling.</param>
    public static VideoCodec CodecOf(string name) => name switch
    {
        "VP8" => VideoCodec.Vp8,
        "H264" => VideoCodec.H264,
        "VP9" => VideoCodec.Vp9,
        "AV1" => VideoCodec.Av1,
        _ => VideoCodec.None,
    };
}
