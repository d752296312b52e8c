using Classroom.Rtc.Codecs;

namespace Classroom.MediaServer.Forwarding.Layers;

/// <summary>
/// Which layers within one encoding are let through. Down at once, at the next picture; up only where the codec says that
/// nothing is needed which was left out.
/// </summary>
internal struct LayerFilter()
{
    /// <summary>In force.</summary>
    public LayerCaps Caps { readonly get; private set; } = LayerCaps.None;

    /// <summary>Wished for.</summary>
    public LayerCaps Target { get; set; } = LayerCaps.None;

    /// <summary>More spatial layers are wished for than flow: only a key frame brings them.</summary>
    public readonly bool NeedsKeyframe => Target.Spatial > Caps.Spatial;

    /// <summary>A picture begins.</summary>
    public void OnPicture(ref readonly PictureInfo picture, VideoCodec codec)
    {
        if (picture.IsKey)
        {
            Caps = Target;
            return;
        }

        var temporal = Math.Min(Caps.Temporal, Target.Temporal);
        if (temporal < Target.Temporal)
        {
            temporal = Raise(temporal, in picture, codec);
        }

        Caps = new LayerCaps(Math.Min(Caps.Spatial, Target.Spatial), temporal);
    }

    /// <summary>A layer's frame begins within a picture: one that refers to nothing before it may be taken from here on.</summary>
    public void OnLayer(ref readonly PictureInfo picture)
    {
        if (picture.Spatial == Caps.Spatial + 1 && picture.Spatial <= Target.Spatial && !picture.Has(PictureFlags.Predicted))
        {
            Caps = Caps with { Spatial = picture.Spatial };
        }
    }

    /// <summary>AV1: a frame says for its own spatial layer whether those above it in time can be taken after it.</summary>
    public void OnSwitchPoint(ref readonly PictureInfo picture)
    {
        if (!picture.Has(PictureFlags.SwitchUp))
        {
            return;
        }

        OnLayer(in picture);
        var isTop = picture.Spatial == Caps.Spatial || Caps.Spatial == LayerCaps.None.Spatial;
        if (isTop && picture.Temporal <= Caps.Temporal)
        {
            Caps = Caps with { Temporal = Math.Max(Caps.Temporal, Target.Temporal) };
        }
    }

    private readonly byte Raise(byte temporal, ref readonly PictureInfo picture, VideoCodec codec) => codec switch
    {
        // The sync bit: the picture refers to temporal layer 0 only (RFC 7741 §4.2).
        VideoCodec.Vp8 when picture.Has(PictureFlags.SwitchUp) && picture.Temporal == temporal + 1 => picture.Temporal,
        // U: pictures of higher layers after this one refer to nothing of those layers before it (RFC 9628 §4.2).
        VideoCodec.Vp9 when picture.Has(PictureFlags.SwitchUp) && picture.Temporal <= temporal => Target.Temporal,
        // Nothing refers to the upper layer.
        VideoCodec.H264 => Target.Temporal,
        _ => temporal,
    };
}
