using Classroom.Rtc.Codecs;

namespace Classroom.Rtc.Tests.Codecs;

public sealed class DependencyDescriptorTests
{
    [Fact]
    public void A_structure_tells_targets_layers_and_sizes()
    {
        var reader = new DependencyReader();
        Assert.True(reader.TryRead(Descriptors.WithStructure(7), out var key));
        Assert.True(key is { HasStructure: true, IsIndependent: true, IsStart: true, IsEnd: true, FrameNumber: 7 });
        Assert.Equal(0b1111u, key.ActiveTargets);
        var structure = reader.Structure!;
        Assert.Equal((6, 4, 2), (structure.TemplateCount, structure.TargetCount, structure.SpatialLayers));
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], Enumerable.Range(0, 4).Select(t => (structure.SpatialOf(t), structure.TemporalOf(t))));
        Assert.Equal(((320, 180), (640, 360)), (structure.SizeOf(0), structure.SizeOf(1)));
        Assert.Equal(0b0011u, structure.TargetsWithin(0, 1));
    }

    [Fact]
    public void A_frame_takes_its_layer_and_indications_from_its_template()
    {
        var reader = new DependencyReader();
        reader.TryRead(Descriptors.WithStructure(7), out _);
        Assert.True(reader.TryRead(Descriptors.Plain(Descriptors.Template(0, 1, key: false), 9, end: false), out var frame));
        Assert.Equal((0, 1, 9, false, false), (frame.Spatial, frame.Temporal, frame.FrameNumber, frame.IsEnd, frame.IsIndependent));
        Assert.Equal("-D-R".Select(Descriptors.Indication), Enumerable.Range(0, 4).Select(frame.For));
        Assert.Null(frame.ActiveTargets);
    }

    [Fact]
    public void A_frame_may_say_everything_itself()
    {
        var reader = new DependencyReader();
        reader.TryRead(Descriptors.WithStructure(7), out _);
        Assert.True(reader.TryRead(Descriptors.Custom(0, 8, "S-RD"), out var frame));
        Assert.Equal("S-RD".Select(Descriptors.Indication), Enumerable.Range(0, 4).Select(frame.For));
        Assert.False(frame.IsIndependent);
    }

    [Fact]
    public void A_structure_that_ends_early_leaves_the_one_before_in_force()
    {
        var reader = new DependencyReader();
        reader.TryRead(Descriptors.WithStructure(7), out _);
        Assert.False(reader.TryRead(Descriptors.WithStructure(8)[..12], out _));
        Assert.Equal(6, reader.Structure!.TemplateCount);
        Assert.True(reader.TryRead(Descriptors.Plain(1, 9), out _));
    }

    [Fact]
    public void A_frame_without_a_known_template_is_refused()
    {
        var reader = new DependencyReader();
        Assert.False(reader.TryRead(Descriptors.Plain(0, 1), out _));
        reader.TryRead(Descriptors.WithStructure(7), out _);
        Assert.False(reader.TryRead(Descriptors.Plain(6, 8), out _));
    }

    [Fact]
    public void Rewriting_names_the_targets_that_are_left_and_keeps_everything_else()
    {
        var reader = new DependencyReader();
        byte[][] descriptors =
        [
            Descriptors.WithStructure(7), Descriptors.WithStructure(8, active: 0b0111), Descriptors.WithStructure(9, sizes: false),
            Descriptors.Plain(2, 10, end: false), Descriptors.Custom(1, 11, "S-RD"),
        ];
        var output = new byte[DependencyWriter.MaxLength(DependencyDescriptor.MaxLength)];
        foreach (var data in descriptors)
        {
            Assert.True(reader.TryRead(data, out var before));
            var length = DependencyWriter.Write(data, ref before, 4, 0b0011, output);
            Assert.True(reader.TryRead(output.AsSpan(0, length), out var after));
            Assert.Equal(0b0011u, after.ActiveTargets);
            Assert.Equal((before.FrameNumber, before.IsStart, before.IsEnd, before.HasStructure), (after.FrameNumber, after.IsStart, after.IsEnd, after.HasStructure));
            Assert.Equal((before.Spatial, before.Temporal, before.IsIndependent), (after.Spatial, after.Temporal, after.IsIndependent));
            Assert.Equal(Enumerable.Range(0, 4).Select(before.For), Enumerable.Range(0, 4).Select(after.For));
        }
    }
}
