using System.Buffers.Binary;

namespace Classroom.Rtc.Codecs;

/// <summary>
/// Puts what dependency descriptors say into the shape of all codecs. It remembers the last frames, because a spatial layer
/// can be taken from a frame on that refers to nothing but frames of its own picture.
/// </summary>
public sealed class DependencyPictures
{
    private const int Remembered = 512;

    private readonly Frame[] _frames = new Frame[Remembered];

    /// <param name="descriptor">Of a packet.</param>
    /// <param name="structure">In force for it.</param>
    /// <param name="timestamp">RTP timestamp: the layers of one picture share it.</param>
    public PictureInfo Read(ref readonly DependencyDescriptor descriptor, DependencyStructure structure, uint timestamp)
    {
        _frames[descriptor.FrameNumber % Remembered] = new Frame(descriptor.FrameNumber, timestamp);
        var picture = new PictureInfo { Flags = PictureFlags.Known, Spatial = descriptor.Spatial, Temporal = descriptor.Temporal, PictureId = descriptor.FrameNumber };
        picture.Flags |= descriptor.IsStart ? PictureFlags.Start : PictureFlags.None;
        picture.Flags |= descriptor.IsEnd ? PictureFlags.End : PictureFlags.None;
        picture.Flags |= RefersToEarlier(in descriptor, timestamp) ? PictureFlags.Predicted : PictureFlags.None;
        picture.Flags |= OpensTemporalLayers(in descriptor, structure) ? PictureFlags.SwitchUp : PictureFlags.None;
        if (descriptor is { HasStructure: true, IsStart: true, IsIndependent: true })
        {
            picture.Flags |= PictureFlags.Key;
            picture.SpatialLayers = (byte)structure.SpatialLayers;
            var (width, height) = structure.SizeOf(structure.SpatialLayers - 1);
            (picture.Width, picture.Height) = ((ushort)width, (ushort)height);
        }

        return picture;
    }

    /// <summary>A packet whose descriptor cannot be read, because its structure was lost: of unknown layers.</summary>
    public static PictureInfo Unread(ReadOnlySpan<byte> descriptor) => new()
    {
        Flags = PictureFlags.Known | PictureFlags.Predicted,
        PictureId = BinaryPrimitives.ReadUInt16BigEndian(descriptor[1..]),
    };

    // Frames of the same picture below it do not count: who gets the layer gets those too.
    private bool RefersToEarlier(ref readonly DependencyDescriptor descriptor, uint timestamp)
    {
        for (var i = 0; i < descriptor.ReferenceCount; i++)
        {
            if (!TryFind(in descriptor, i, out var frame) || frame.Timestamp != timestamp)
            {
                return true;
            }
        }

        return false;
    }

    // "Switch": whoever has this frame can decode all later ones of the target. Above the highest layer there is none to ask for.
    private static bool OpensTemporalLayers(ref readonly DependencyDescriptor descriptor, DependencyStructure structure)
    {
        for (var target = 0; target < structure.TargetCount; target++)
        {
            var isAbove = structure.SpatialOf(target) == descriptor.Spatial && structure.TemporalOf(target) > descriptor.Temporal;
            if (isAbove && descriptor.For(target) != DecodeIndication.Switch)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFind(ref readonly DependencyDescriptor descriptor, int reference, out Frame frame)
    {
        frame = default;
        if (reference >= FrameReferences.MaxCount)
        {
            return false;
        }

        var number = (ushort)(descriptor.FrameNumber - descriptor.References[reference]);
        frame = _frames[number % Remembered];
        return frame.Number == number && frame.Timestamp is not null;
    }

    private readonly record struct Frame(ushort Number, uint? Timestamp);
}
