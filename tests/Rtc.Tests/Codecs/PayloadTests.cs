using Classroom.Rtc.Codecs;

namespace Classroom.Rtc.Tests.Codecs;

public sealed class PayloadTests
{
    private const string KeyFrame = "00" + "0000" + "9D012A" + "8002" + "6801"; // 640x360

    [Fact]
    public void Vp8_numbers_and_size_of_a_key_frame_are_read()
    {
        var picture = Read(VideoCodec.Vp8, "90F0" + "8123" + "07" + "25" + KeyFrame);
        Assert.Equal((0x0123, 7, 5), (picture.PictureId, picture.BaseIndex, picture.KeyIndex));
        Assert.Equal((2, 4, 5), (picture.PictureIdAt, picture.BaseIndexAt, picture.KeyIndexAt));
        Assert.Equal((640, 360), (picture.Width, picture.Height));
        Assert.Equal(PictureFlags.Known | PictureFlags.Start | PictureFlags.Key | PictureFlags.SwitchUp, picture.Flags);
    }

    [Theory]
    [InlineData("90E081230780" + "01", 2, false)] // TID 2
    [InlineData("90E0812307A0" + "01", 2, true)] // TID 2, layer sync
    [InlineData("90A00740" + "01", 1, false)] // 7-bit picture id, no TL0PICIDX
    [InlineData("10" + "01", 0, false)] // no extension
    public void Vp8_temporal_layer_and_sync_bit_are_read(string payload, int temporal, bool sync)
    {
        var picture = Read(VideoCodec.Vp8, payload);
        Assert.Equal((temporal, sync, false), (picture.Temporal, picture.Has(PictureFlags.SwitchUp), picture.IsKey));
        Assert.True(picture.IsStart);
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("9080")]
    [InlineData("908081")]
    [InlineData("90F0812307")]
    public void A_vp8_descriptor_that_is_cut_short_is_not_known(string payload) => Assert.False(Read(VideoCodec.Vp8, payload).IsKnown);

    [Theory]
    [InlineData("6742C01E8C8D405005BA10", true, true, 0)] // SPS
    [InlineData("6588", true, false, 0)] // IDR without SPS
    [InlineData("6188", false, false, 0)]
    [InlineData("0188", false, false, 1)] // nothing refers to it
    [InlineData("7C85", true, false, 0)] // first fragment of an IDR
    [InlineData("7C05", false, false, 0)]
    [InlineData("78000B6742C01E8C8D405005BA10000268CE", true, true, 0)] // STAP-A with SPS
    [InlineData("78FFFF61", false, false, 0)]
    public void H264_units_tell_key_frames_and_parameter_sets(string payload, bool key, bool parameterSets, int temporal)
    {
        var picture = Read(VideoCodec.H264, payload);
        Assert.Equal((key, parameterSets, temporal), (picture.IsKey, picture.Has(PictureFlags.ParameterSets), picture.Temporal));
    }

    [Fact]
    public void H264_size_comes_from_the_parameter_set()
    {
        // Baseline 3.0: 20 by 12 macroblocks, 8 lines cropped away at the bottom: 320x184.
        var bits = new BitsWriter().Put(0x67, 8).Put(66, 8).Put(0xC0, 8).Put(30, 8)
            .Golomb(0).Golomb(0).Golomb(2).Golomb(1).Put(0, 1).Golomb(19).Golomb(11).Put(1, 1).Put(1, 1).Put(1, 1)
            .Golomb(0).Golomb(0).Golomb(0).Golomb(4).Put(0, 1).Put(1, 1);
        var picture = PictureInfo.Read(VideoCodec.H264, bits.ToArray());
        Assert.Equal((320, 184), (picture.Width, picture.Height));
    }

    [Fact]
    public void Vp9_layers_of_the_non_flexible_mode_are_read()
    {
        // I, P, L, B, E: 15-bit id, TID 1, U, SID 2, D, TL0PICIDX.
        var picture = Read(VideoCodec.Vp9, "EC" + "8ABC" + "35" + "42" + "00");
        Assert.Equal((0x0ABC, 0x42), (picture.PictureId, picture.BaseIndex));
        Assert.Equal((2, 1), (picture.Spatial, picture.Temporal));
        Assert.Equal(PictureFlags.Known | PictureFlags.Start | PictureFlags.End | PictureFlags.SwitchUp | PictureFlags.Predicted, picture.Flags);
    }

    [Fact]
    public void Vp9_structure_tells_the_layers_and_their_size()
    {
        // I, L, B, V; three spatial layers with sizes; a picture group of two with one reference each.
        var picture = Read(VideoCodec.Vp9, "AA" + "01" + "0000" + "58" + "00A0005A" + "014000B4" + "02800168" + "02" + "0401" + "2402" + "00");
        Assert.True(picture.IsKey);
        Assert.Equal((3, 640, 360), (picture.SpatialLayers, picture.Width, picture.Height));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("A0")]
    [InlineData("F0810101")] // references without an end
    [InlineData("02")]
    [InlineData("025000A0")]
    [InlineData("0208FF00")]
    public void A_vp9_descriptor_that_is_cut_short_is_not_known(string payload) => Assert.False(Read(VideoCodec.Vp9, payload).IsKnown);

    [Theory]
    [InlineData("08", true)] // N
    [InlineData("88", false)] // N on a continuation is nonsense
    [InlineData("10", false)]
    public void Av1_key_frames_are_told_by_the_aggregation_header(string payload, bool key) =>
        Assert.Equal(key, Read(VideoCodec.Av1, payload).IsKey);

    [Fact]
    public void Numbers_are_written_in_place()
    {
        var payload = Convert.FromHexString("90F0" + "8123" + "07" + "25" + "01");
        var picture = PictureInfo.Read(VideoCodec.Vp8, payload);
        new PictureNumbers(0x7FFF, 255, 31).WriteTo(payload, ref picture);
        Assert.Equal("90F0" + "FFFF" + "FF" + "3F" + "01", Convert.ToHexString(payload));

        payload = Convert.FromHexString("9080" + "12" + "01");
        picture = PictureInfo.Read(VideoCodec.Vp8, payload);
        new PictureNumbers(0x01FF, 0, 0).WriteTo(payload, ref picture);
        Assert.Equal("9080" + "7F" + "01", Convert.ToHexString(payload));
    }

    private static PictureInfo Read(VideoCodec codec, string payload) => PictureInfo.Read(codec, Convert.FromHexString(payload));
}
