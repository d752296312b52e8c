using Classroom.Rtc;
using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>A packet of an encoding as far as layers are concerned.</summary>
internal struct LayerPacket
{
    /// <summary>Unwrapped, on the encoding's own unbroken line.</summary>
    public long Sequence;

    public uint Timestamp;

    public bool Marker;

    public Instant At;

    public PictureInfo Picture;

    /// <summary>A receiver can begin here, or change over from another encoding.</summary>
    public readonly bool IsEntry(VideoCodec codec, bool isSimulcast) => codec switch
    {
        VideoCodec.None => true,
        // Another encoding's parameter sets must not be used: the key frame brings its own.
        VideoCodec.H264 when isSimulcast => Picture.Has(PictureFlags.ParameterSets),
        _ => Picture.IsKey,
    };
}
