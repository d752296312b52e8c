using Classroom.Rtc.Codecs;

namespace Classroom.Rtc.Tests.Codecs;

/// <summary>What a stream of two spatial and two temporal layers is to a forwarder.</summary>
public sealed class DependencyPicturesTests
{
    private readonly DependencyReader _reader = new();
    private readonly DependencyPictures _pictures = new();

    [Fact]
    public void A_key_picture_tells_layers_and_size()
    {
        var key = Read(Descriptors.WithStructure(7), timestamp: 3000);
        Assert.True(key.IsKey && key.IsStart && key.Has(PictureFlags.End) && !key.Has(PictureFlags.Predicted));
        Assert.Equal((2, 640, 360, 7), ((int)key.SpatialLayers, (int)key.Width, (int)key.Height, (int)key.PictureId));
        var upper = Read(Descriptors.Plain(Descriptors.Template(1, 0, key: true), 8), timestamp: 3000);
        Assert.Equal((1, 0), (upper.Spatial, upper.Temporal));
        Assert.False(upper.IsKey);
    }

    [Fact]
    public void A_layer_that_refers_to_its_own_picture_only_can_be_taken_from_there_on()
    {
        Read(Descriptors.WithStructure(7), timestamp: 3000);
        Assert.False(Read(Descriptors.Plain(Descriptors.Template(1, 0, key: true), 8), timestamp: 3000).Has(PictureFlags.Predicted));
        Assert.True(Read(Descriptors.Plain(Descriptors.Template(0, 0, key: false), 11), timestamp: 9000).Has(PictureFlags.Predicted));
        Assert.True(Read(Descriptors.Plain(Descriptors.Template(1, 0, key: false), 12), timestamp: 9000).Has(PictureFlags.Predicted));
    }

    [Fact]
    public void A_frame_whose_reference_was_lost_counts_as_predicted()
    {
        Read(Descriptors.WithStructure(7), timestamp: 3000);
        Assert.True(Read(Descriptors.Plain(Descriptors.Template(1, 0, key: true), 12), timestamp: 9000).Has(PictureFlags.Predicted));
    }

    [Theory]
    [InlineData(0, 0)] // SSRR: switch for S0T1, which alone is above it in its own layer
    [InlineData(1, 0)]
    [InlineData(0, 1)] // nothing is above it
    [InlineData(1, 1)]
    public void Frames_that_all_layers_above_can_begin_with_say_so(int spatial, int temporal)
    {
        Read(Descriptors.WithStructure(7), timestamp: 3000);
        var frame = Read(Descriptors.Plain(Descriptors.Template(spatial, temporal, key: false), 9), timestamp: 6000);
        Assert.True(frame.Has(PictureFlags.SwitchUp));
    }

    [Fact]
    public void A_frame_that_others_still_need_older_ones_of_opens_nothing()
    {
        Read(Descriptors.WithStructure(7), timestamp: 3000);
        Assert.False(Read(Descriptors.Custom(Descriptors.Template(0, 0, key: false), 9, "SRRR"), timestamp: 6000).Has(PictureFlags.SwitchUp));
    }

    private PictureInfo Read(byte[] data, uint timestamp)
    {
        Assert.True(_reader.TryRead(data, out var descriptor));
        return _pictures.Read(in descriptor, _reader.Structure!, timestamp);
    }
}
