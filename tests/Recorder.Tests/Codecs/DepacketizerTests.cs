using Classroom.Recorder.Codecs;

namespace Classroom.Recorder.Tests.Codecs;

public sealed class DepacketizerTests
{
    // A constrained baseline SPS of 320x180 (cropped from 192 lines), made by x264.
    private const string Sps = "6742C00DDA05067E7C0440000003004000000C83C50AA8";
    private const string Pps = "68CE0FC8";
    private readonly List<MediaFrame> _frames = [];

    [Theory]
    [InlineData("10 00AABB", "00AABB")] // no extension
    [InlineData("90 80 11 00AABB", "00AABB")] // 7-bit picture id
    [InlineData("90 80 9123 00AABB", "00AABB")] // 15-bit picture id
    [InlineData("90 E0 9123 05 21 00AABB", "00AABB")] // picture id, TL0PICIDX, TID and key index
    [InlineData("90 60 05 21 00AABB", "00AABB")] // TL0PICIDX and TID without picture id
    public void Vp8_descriptors_of_every_form_are_skipped(string packet, string frame)
    {
        Push(new Vp8Depacketizer(), packet, 0, marker: true);
        Assert.Equal(Bytes(frame), Assert.Single(_frames).Data);
    }

    [Fact]
    public void Vp8_key_frames_tell_their_size()
    {
        Push(new Vp8Depacketizer(), "10 100200 9D012A 4001 B400 00", 0, marker: true);
        var frame = Assert.Single(_frames);
        Assert.True(frame.IsKey);
        Assert.Equal((320, 180), (frame.Format!.Width, frame.Format.Height));
    }

    [Fact]
    public void A_vp8_frame_without_its_middle_is_dropped_and_the_next_says_so()
    {
        var vp8 = new Vp8Depacketizer();
        Push(vp8, "10 01AA", 0);
        Push(vp8, "00 CC", 0, marker: true, lost: true);
        Push(vp8, "10 01DD", 3000, marker: true);
        var frame = Assert.Single(_frames);
        Assert.Equal((Convert.ToHexString(Bytes("01DD")), true), (Convert.ToHexString(frame.Data), frame.AfterLoss));
    }

    [Fact]
    public void A_lost_marker_ends_the_frame_at_the_next_timestamp()
    {
        var vp8 = new Vp8Depacketizer();
        Push(vp8, "10 01AA", 0);
        Push(vp8, "10 01BB", 3000, marker: true);
        Assert.Equal([0L, 3000L], _frames.Select(frame => frame.Timestamp));
    }

    [Fact]
    public void H264_units_get_lengths_and_key_frames_carry_their_parameter_sets()
    {
        var h264 = new H264Depacketizer();
        Push(h264, $"18 {Length(Sps)} {Sps} {Length(Pps)} {Pps}", 0);
        Push(h264, "65 8884", 0, marker: true);
        var frame = Assert.Single(_frames);
        Assert.Equal($"0000{Length(Sps)}{Sps}0000{Length(Pps)}{Pps}00000003658884", Convert.ToHexString(frame.Data));
        Assert.True(frame.IsKey);
        Assert.Equal((320, 180), (frame.Format!.Width, frame.Format.Height));
        Assert.Equal("0142C00DFFE1", Convert.ToHexString(frame.Format.CodecPrivate.AsSpan(0, 6)));
    }

    [Fact]
    public void H264_fragments_become_one_unit()
    {
        var h264 = new H264Depacketizer();
        Push(h264, "7C 81 A1A2", 0);
        Push(h264, "7C 01 A3", 0);
        Push(h264, "7C 41 A4", 0, marker: true);
        Assert.Equal("0000000561A1A2A3A4", Convert.ToHexString(Assert.Single(_frames).Data));
    }

    [Theory]
    [InlineData("7C 81 A1", "7C 41 A4", true)] // a piece between is missing
    [InlineData("7C 01 A1", "7C 41 A4", false)] // the beginning is missing
    [InlineData("7C 81 A1", "7C 01 A4", false)] // the end never comes
    [InlineData("18 0005 41AA", "41 BB", false)] // an aggregate that lies about its length
    [InlineData("1A 0000", "41 BB", false)] // a type of another mode
    public void H264_pictures_with_holes_are_dropped(string first, string second, bool lost)
    {
        var h264 = new H264Depacketizer();
        Push(h264, first, 0);
        Push(h264, second, 0, marker: true, lost: lost);
        Push(h264, "41 CC", 3000, marker: true);
        Assert.True(Assert.Single(_frames).AfterLoss);
    }

    [Theory, InlineData("VP8"), InlineData("H264"), InlineData("opus")]
    public void Noise_never_throws(string codec)
    {
        var depacketizer = Depacketizers.For(codec)!;
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var payload = new byte[random.Next(40)];
            random.NextBytes(payload);
            depacketizer.Push(payload, i / 3, random.Next(4) == 0, random.Next(10) == 0, _frames);
        }
    }

    private static string Length(string hex) => (Bytes(hex).Length).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private void Push(IDepacketizer depacketizer, string hex, long timestamp, bool marker = false, bool lost = false) =>
        depacketizer.Push(Bytes(hex), timestamp, marker, lost, _frames);
}
