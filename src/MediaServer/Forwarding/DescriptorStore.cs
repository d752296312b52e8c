using Classroom.MediaServer.Forwarding.Layers;
using Classroom.Rtc.Codecs;
using Classroom.Rtc.Rtp;

namespace Classroom.MediaServer.Forwarding;

/// <summary>The dependency descriptors of an encoding beside its packets: what they say, and their bytes for the way out.</summary>
/// <param name="capacity">Packets, as in the store.</param>
/// <param name="extension">Id that the publisher uses.</param>
internal sealed class DescriptorStore(int capacity, byte extension)
{
    /// <summary>Longest descriptor that is written.</summary>
    public const int MaxWrittenLength = DependencyDescriptor.MaxLength + DependencyWriter.MostAdded;

    private readonly DependencyReader _reader = new();
    private readonly DependencyPictures _pictures = new();
    private readonly DependencyDescriptor[] _descriptors = new DependencyDescriptor[capacity];
    private readonly byte[] _lengths = new byte[capacity];
    private readonly byte[] _bytes = new byte[capacity * DependencyDescriptor.MaxLength];
    private uint? _structureAt;

    /// <summary>A packet's descriptor; empty when it has none.</summary>
    public ReadOnlySpan<byte> Find(in RtpPacket packet) =>
        packet.TryGetExtension(extension, out var data) && data.Length >= DependencyDescriptor.MandatoryLength ? data : default;

    /// <summary>What a descriptor says; packets come in order of arrival.</summary>
    public PictureInfo Read(ReadOnlySpan<byte> data, uint timestamp, out DependencyDescriptor descriptor)
    {
        // A key frame may be repaired only after the next one has come: what refers to that one must not be read by the old structure.
        var isLate = _structureAt is { } at && (int)(timestamp - at) < 0;
        if (_reader.TryRead(data, out descriptor, isLate))
        {
            var picture = _pictures.Read(in descriptor, _reader.Applied!, timestamp);
            _structureAt = descriptor.HasStructure && !isLate ? timestamp : _structureAt;
            if (isLate)
            {
                // Nobody begins there any more.
                picture.Flags &= ~PictureFlags.Key;
            }

            return picture;
        }

        // It goes on as it is: the receiver may know more, and a stream with and without descriptors confuses it.
        descriptor = default;
        return DependencyPictures.Unread(data);
    }

    /// <summary>Keeps what was read beside the packet in a slot.</summary>
    /// <param name="slot">Of the packet.</param>
    /// <param name="data">Empty when it has none.</param>
    /// <param name="descriptor">As it was read.</param>
    public void Keep(int slot, ReadOnlySpan<byte> data, ref readonly DependencyDescriptor descriptor)
    {
        _descriptors[slot] = descriptor;
        _lengths[slot] = (byte)data.Length;
        data.CopyTo(_bytes.AsSpan(slot * DependencyDescriptor.MaxLength));
    }

    /// <summary>Writes a packet's descriptor for a receiver.</summary>
    /// <param name="slot">Of the packet.</param>
    /// <param name="placement">The receiver is told which decode targets are left, and frame numbers go on over changes of source.</param>
    /// <param name="isRepeatedAsIs">It may be sent again under the same number, and must be the same bytes then: nothing is told that may change.</param>
    /// <param name="buffer">At least <see cref="MaxWrittenLength"/>.</param>
    /// <returns>Its bytes; empty when the packet has none.</returns>
    public ReadOnlySpan<byte> Write(int slot, in Placement placement, bool isRepeatedAsIs, Span<byte> buffer)
    {
        var data = _bytes.AsSpan(slot * DependencyDescriptor.MaxLength, _lengths[slot]);
        ref readonly var descriptor = ref _descriptors[slot];
        if (data.IsEmpty)
        {
            return default;
        }

        int length = data.Length;
        if (MayTell(in descriptor, placement.Caps) && !isRepeatedAsIs)
        {
            var active = _reader.Structure!.TargetsWithin(placement.Caps.Spatial, placement.Caps.Temporal) & (descriptor.ActiveTargets ?? uint.MaxValue);
            length = DependencyWriter.Write(data, in descriptor, descriptor.TargetCount, active, buffer);
        }
        else
        {
            data.CopyTo(buffer);
        }

        DependencyWriter.SetFrameNumber(buffer, placement.Numbers.PictureId);
        return length > DependencyDescriptor.MaxLength ? default : buffer[..length];
    }

    // Repeats may be older than the structure in force.
    private bool MayTell(ref readonly DependencyDescriptor descriptor, LayerCaps caps) =>
        caps != LayerCaps.None && descriptor.IsStart && descriptor.TargetCount == _reader.Structure!.TargetCount;
}
