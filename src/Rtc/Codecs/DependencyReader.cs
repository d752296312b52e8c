namespace Classroom.Rtc.Codecs;

/// <summary>
/// Reads the descriptors of one stream and keeps the structure that they refer to. A structure that cannot be read leaves
/// the one before it in force, and so does one that comes late, behind its successor.
/// </summary>
public sealed class DependencyReader
{
    private DependencyStructure _next = new();
    private DependencyStructure? _previous;

    /// <summary>In force; null before the first structure has come.</summary>
    public DependencyStructure? Structure { get; private set; }

    /// <summary>By which the last descriptor was read.</summary>
    public DependencyStructure? Applied { get; private set; }

    /// <summary>False for what is cut short, and for frames that refer to a template that is not known.</summary>
    /// <param name="data">The descriptor.</param>
    /// <param name="descriptor">What it says.</param>
    /// <param name="isLate">It is of a frame from before the structure in force.</param>
    public bool TryRead(ReadOnlySpan<byte> data, out DependencyDescriptor descriptor, bool isLate = false)
    {
        Applied = isLate ? _previous : Structure;
        descriptor = default;
        if (data.Length is < DependencyDescriptor.MandatoryLength or > DependencyDescriptor.MaxLength)
        {
            return false;
        }

        var reader = new BitReader(data);
        descriptor.IsStart = reader.Flag();
        descriptor.IsEnd = reader.Flag();
        var template = (int)reader.Read(6);
        descriptor.FrameNumber = (ushort)reader.Read(16);
        var fields = default(CustomFields);
        if (data.Length > DependencyDescriptor.MandatoryLength && !TryReadExtended(ref reader, isLate, ref descriptor, out fields))
        {
            return false;
        }

        return TryReadFrame(ref reader, template, fields, ref descriptor);
    }

    private bool TryReadExtended(ref BitReader reader, bool isLate, ref DependencyDescriptor descriptor, out CustomFields fields)
    {
        descriptor.HasStructure = reader.Flag();
        var hasTargets = reader.Flag();
        fields = new CustomFields(reader.Flag(), reader.Flag(), reader.Flag());
        if (descriptor.HasStructure)
        {
            if (!_next.TryRead(ref reader))
            {
                return false;
            }

            Apply(isLate);
            descriptor.ActiveTargets = (uint)((1ul << Applied!.TargetCount) - 1);
        }

        descriptor.MaskAt = reader.Position;
        if (hasTargets && Applied is not null)
        {
            descriptor.ActiveTargets = reader.Read(Applied.TargetCount);
        }

        descriptor.RestAt = reader.Position;
        return true;
    }

    // The memory of a structure that is two behind serves the next one.
    private void Apply(bool isLate)
    {
        Applied = _next;
        _next = _previous ?? new DependencyStructure();
        if (isLate)
        {
            _previous = Applied;
        }
        else
        {
            (_previous, Structure) = (Structure, Applied);
        }
    }

    private bool TryReadFrame(ref BitReader reader, int template, CustomFields fields, ref DependencyDescriptor descriptor)
    {
        if (Applied is not { } structure)
        {
            return false;
        }

        var index = (template + DependencyStructure.MaxTemplates - structure.IdOffset) % DependencyStructure.MaxTemplates;
        if (index >= structure.TemplateCount)
        {
            return false;
        }

        descriptor.Spatial = (byte)structure.TemplateSpatial(index);
        descriptor.Temporal = (byte)structure.TemplateTemporal(index);
        for (var target = 0; target < structure.TargetCount; target++)
        {
            descriptor.Set(target, fields.Indications ? (DecodeIndication)reader.Read(2) : structure.Indication(index, target));
        }

        descriptor.TargetCount = (byte)structure.TargetCount;
        if (fields.References)
        {
            ReadReferences(ref reader, ref descriptor);
        }
        else
        {
            structure.CopyReferences(index, ref descriptor);
        }

        if (fields.Chains)
        {
            for (var chain = 0; chain < structure.ChainCount; chain++)
            {
                reader.Read(8);
            }
        }

        descriptor.EndAt = reader.Position;
        return !reader.IsPastEnd;
    }

    // frame_fdiffs(): the size of the next difference in nibbles, then the difference; size 0 ends the list.
    private static void ReadReferences(ref BitReader reader, ref DependencyDescriptor descriptor)
    {
        for (var size = reader.Read(2); size != 0 && !reader.IsPastEnd; size = reader.Read(2))
        {
            descriptor.AddReference(reader.Read((int)size * 4) + 1);
        }
    }

    private readonly record struct CustomFields(bool Indications, bool References, bool Chains);
}
