using Classroom.Rtc.Codecs;

namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Dependency descriptors with their structures, one stream after another, and rewriting them.</summary>
internal sealed class DependencyTarget : FuzzTarget
{
    private readonly DependencyReader _reader = new();
    private readonly DependencyPictures _pictures = new();
    private readonly byte[] _output = new byte[DependencyWriter.MaxLength(DependencyDescriptor.MaxLength)];

    public override string Name => "dependency";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Convert.FromHexString("C0000180004FEA00"),
        Convert.FromHexString("C0000280F1B5AA6A8F0DA0A028C4E2"),
        Convert.FromHexString("C2000C"),
        Convert.FromHexString("43000D3A5510"),
    ];

    // The second of its two structures is made when the first is kept.
    public override long AllocationLimit => 8 * 1024;

    public override int Run(byte[] input)
    {
        if (!_reader.TryRead(input, out var descriptor))
        {
            return 0;
        }

        var structure = _reader.Structure!;
        Require(structure.TemplateCount is >= 1 and <= DependencyStructure.MaxTemplates, "Too many templates.");
        Require(structure.SpatialLayers is >= 1 and <= DependencyStructure.MaxSpatial, "Too many layers.");
        var picture = _pictures.Read(ref descriptor, structure, 1);
        Require(picture.IsKnown && picture.PictureId == descriptor.FrameNumber && picture.Spatial < structure.SpatialLayers, "The picture is another one.");
        var active = structure.TargetsWithin(descriptor.Spatial, descriptor.Temporal);
        var length = DependencyWriter.Write(input, ref descriptor, structure.TargetCount, active, _output);
        Require(length <= DependencyDescriptor.MaxLength + 6, "Too long.");
        if (length <= DependencyDescriptor.MaxLength)
        {
            var number = (ushort)(descriptor.FrameNumber + 40_000);
            DependencyWriter.SetFrameNumber(_output, number);
            Require(_reader.TryRead(_output.AsSpan(0, length), out var again), "What was written cannot be read.");
            Require(again.ActiveTargets == active && again.FrameNumber == number, "Something else was written.");
        }

        return HashCode.Combine(structure.TemplateCount, structure.TargetCount, descriptor.Spatial, descriptor.HasStructure, descriptor.ActiveTargets is null);
    }
}
