using System.Buffers.Binary;

namespace Classroom.Rtc.Codecs;

/// <summary>
/// Copies a descriptor and tells the receiver which decode targets are left (RTP Payload Format for AV1, appendix A.4.3):
/// frames refer to each other by the distance of their numbers, so those move together or not at all.
/// </summary>
public static class DependencyWriter
{
    private const int MandatoryBits = DependencyDescriptor.MandatoryLength * 8;
    private const int FlagBits = 5;
    private const int TargetsPresent = 0x40;

    /// <summary>Bytes that a result may be longer: five flags and 32 targets.</summary>
    public const int MostAdded = 6;

    /// <summary>The longest result for a descriptor of some length.</summary>
    public static int MaxLength(int length) => length + MostAdded;

    /// <summary>Gives the frame another number.</summary>
    /// <param name="descriptor">A whole descriptor; it is changed in place.</param>
    /// <param name="number">Of the frame.</param>
    public static void SetFrameNumber(Span<byte> descriptor, ushort number) => BinaryPrimitives.WriteUInt16BigEndian(descriptor[1..], number);

    /// <summary>Writes the descriptor with the given active decode targets and returns its length in bytes.</summary>
    /// <param name="data">As it came.</param>
    /// <param name="descriptor">Read from <paramref name="data"/>.</param>
    /// <param name="targetCount">Of the structure in force.</param>
    /// <param name="active">One bit for each decode target that is still sent.</param>
    /// <param name="destination">At least <see cref="MaxLength"/>.</param>
    public static int Write(ReadOnlySpan<byte> data, ref readonly DependencyDescriptor descriptor, int targetCount, uint active, Span<byte> destination)
    {
        var total = MaxLength(data.Length);
        destination[..total].Clear();
        data[..DependencyDescriptor.MandatoryLength].CopyTo(destination);
        if (data.Length == DependencyDescriptor.MandatoryLength)
        {
            destination[DependencyDescriptor.MandatoryLength] = TargetsPresent;
            return Length(Put(destination, MandatoryBits + FlagBits, active, targetCount));
        }

        var position = Copy(data, MandatoryBits, descriptor.MaskAt, destination, MandatoryBits);
        destination[DependencyDescriptor.MandatoryLength] |= TargetsPresent;
        position = Put(destination, position, active, targetCount);
        return Length(Copy(data, descriptor.RestAt, descriptor.EndAt, destination, position));
    }

    private static int Length(int bits) => (bits + 7) / 8;

    private static int Copy(ReadOnlySpan<byte> from, int start, int end, Span<byte> to, int position)
    {
        for (; start < end; start++)
        {
            position = Put(to, position, (uint)(from[start >> 3] >> (7 - (start & 7))) & 1, 1);
        }

        return position;
    }

    private static int Put(Span<byte> to, int position, uint value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--, position++)
        {
            to[position >> 3] |= (byte)(((value >> bit) & 1) << (7 - (position & 7)));
        }

        return position;
    }
}
