using Classroom.Recorder.Matroska;
using Classroom.Recorder.Tests.Media;
using Classroom.Rtc;

namespace Classroom.Recorder.Tests.Capture;

public sealed class CaptureTests : IDisposable
{
    private static readonly Lazy<SourceMedia> H264 = new(() => SourceMedia.Make("H264", 8));
    private static readonly Lazy<SourceMedia> Vp8 = new(() => SourceMedia.Make("VP8", 8));
    private readonly CaptureRig _rig = new();

    [Theory, InlineData("H264"), InlineData("VP8")]
    public void A_clean_stream_becomes_one_file_with_every_frame(string codec)
    {
        var media = Media(codec);
        _rig.Publish("p", "TeacherCloseUp", codec, new RtpSender(media, new Link(TimeSpan.FromHours(5))).Send(CaptureRig.Bell));
        _rig.Run();

        Assert.Single(_rig.Opened);
        var path = _rig.Finished(0);
        Assert.Equal(media.Frames.Count(frame => frame.IsVideo), Frames(path, "v:0"));
        Assert.Equal(8.0, Duration(path), 0.1);
        Assert.Equal("320,180", Tool.Ffprobe($"-select_streams v:0 -show_entries stream=width,height -of csv=p=0 {path}").Trim());
        Assert.Empty(_rig.Gaps);
    }

    [Theory, InlineData("H264"), InlineData("VP8")]
    public void Reordering_and_repaired_loss_leave_no_trace(string codec)
    {
        var media = Media(codec);
        var link = new Link(TimeSpan.Zero, JitterMs: 40, Loss: 0.05, Seed: 7);
        _rig.Publish("p", "Board", codec, new RtpSender(media, link).Send(CaptureRig.Bell));
        _rig.Run();

        Assert.Equal(media.Frames.Count(frame => frame.IsVideo), Frames(_rig.Finished(0), "v:0"));
        Assert.Empty(_rig.Gaps);
    }

    [Theory, InlineData("H264"), InlineData("VP8")]
    public void After_loss_that_was_not_repaired_the_picture_goes_on_at_a_key_frame(string codec)
    {
        var media = Media(codec);
        var link = new Link(TimeSpan.Zero, Lost: 0.01, Seed: 3);
        _rig.Publish("p", "Board", codec, new RtpSender(media, link).Send(CaptureRig.Bell));
        _rig.Run();

        Assert.Single(_rig.Opened);
        var path = _rig.Finished(0);
        Assert.InRange(Frames(path, "v:0"), 1, media.Frames.Count(frame => frame.IsVideo) - 1);
        Tool.Ffmpeg($"-xerror -err_detect explode -i {path} -f null -");
        Assert.All(_rig.Gaps, gap => Assert.Equal("loss", gap.Reason));
        Assert.NotEmpty(_rig.Gaps);
    }

    [Theory]
    [InlineData(0, 0, 20, 20)]
    [InlineData(100_000, -250_000, 5, 30)]
    [InlineData(-3, 4, 60, 20)]
    public void Seats_with_unrelated_clocks_line_up(double firstClock, double secondClock, int firstDelay, int secondDelay)
    {
        var first = new Link(TimeSpan.FromSeconds(firstClock), Drift: 80e-6, firstDelay, JitterMs: 15, Loss: 0.01, Seed: 11);
        var second = new Link(TimeSpan.FromSeconds(secondClock), Drift: -80e-6, secondDelay, JitterMs: 15, Loss: 0.01, Seed: 12);
        _rig.Publish("p1", "TeacherCloseUp", "H264", new RtpSender(H264.Value, first).Send(CaptureRig.Bell));
        _rig.Publish("p2", "StudentPanorama", "VP8", new RtpSender(Vp8.Value, second).Send(CaptureRig.Bell + TimeSpan.FromSeconds(1)));
        _rig.Run();

        // What is left is the difference of the two ways, which no clock without a round trip can know.
        var unknowable = Math.Abs(firstDelay - secondDelay);
        var (one, two) = (LessonFlashes(0), LessonFlashes(1));
        foreach (var flash in two.Skip(2).SkipLast(2))
        {
            Assert.InRange(one.Min(other => Math.Abs(other - flash)), 0, 40 + unknowable);
        }
    }

    [Theory, InlineData("H264"), InlineData("VP8")]
    public void Sound_and_picture_of_a_seat_stay_together(string codec)
    {
        var link = new Link(TimeSpan.FromDays(-400), Drift: 100e-6, DelayMs: 30, JitterMs: 20, Seed: 5);
        _rig.Publish("p", "TeacherCloseUp", codec, new RtpSender(Media(codec), link).Send(CaptureRig.Bell));
        _rig.Run();

        var path = _rig.Finished(0);
        var beeps = MediaMarks.Beeps(path);
        var flashes = MediaMarks.Flashes(path);
        Assert.InRange(flashes.Count, 7, 8);
        Assert.All(flashes.Skip(1), flash => Assert.InRange(beeps.Min(beep => Math.Abs(beep - flash)), 0, 40));
    }

    [Theory, InlineData(400), InlineData(1400)]
    public void Sound_that_a_busy_sender_lost_is_a_hole_of_its_own_length(int lostMs)
    {
        var media = Media("H264");
        var link = new Link(TimeSpan.Zero, DeafFromMs: 2_900, DeafForMs: lostMs);
        _rig.Publish("p", "TeacherCloseUp", "H264", new RtpSender(media, link).Send(CaptureRig.Bell));
        _rig.Run();

        Assert.Single(_rig.Opened);
        var path = _rig.Finished(0);
        Assert.Equal(media.Frames.Count(frame => frame.IsVideo), Frames(path, "v:0"));
        // The next report tells of it, within a second.
        var (beeps, flashes) = (MediaMarks.Beeps(path), MediaMarks.Flashes(path).Where(flash => flash > 5_500).ToList());
        Assert.Equal(2, flashes.Count);
        Assert.All(flashes, flash => Assert.InRange(beeps.Min(beep => Math.Abs(beep - flash)), 0, 40));
    }

    [Theory, InlineData("H264"), InlineData("VP8")]
    public void A_picture_that_changes_its_size_stays_in_one_file_without_a_hole(string codec)
    {
        var media = SourceMedia.MakeChanging(codec, 2, "320x180", "160x90", "640x360", "320x180");
        _rig.Publish("p", "TeacherCloseUp", codec, new RtpSender(media, new Link(TimeSpan.Zero)).Send(CaptureRig.Bell));
        _rig.Run();

        Assert.Single(_rig.Opened);
        var path = _rig.Finished(0);
        Assert.Equal(media.Frames.Count(frame => frame.IsVideo), Frames(path, "v:0"));
        Assert.Equal(8, MediaMarks.Flashes(path).Count);
        Assert.Equal(new PictureSizes(640, 360, IsConstant: false), PictureSizes.Read(path, codec));
        Assert.Empty(_rig.Gaps);
    }

    [Theory, InlineData("H264"), InlineData("VP8")]
    public void A_microphone_that_comes_later_gets_a_file_and_the_picture_has_no_hole(string codec)
    {
        var media = Media(codec);
        var arrivals = new RtpSender(media, new Link(TimeSpan.Zero)).Send(CaptureRig.Bell);
        _rig.Publish("p", "TeacherCloseUp", codec, arrivals, soundFrom: CaptureRig.Bell + TimeSpan.FromSeconds(3));
        _rig.Run();

        Assert.Equal([null, "opus"], _rig.Opened.Select(header => header.AudioCodec));
        // Test media has a key frame every two seconds.
        Assert.InRange(_rig.Opened[1].StartMs, 4000, 4100);
        Assert.Equal(media.Frames.Count(frame => frame.IsVideo), Frames(_rig.Finished(0), "v:0") + Frames(_rig.Finished(1), "v:0"));
        Assert.InRange(_rig.Opened[1].StartMs - _rig.Opened[0].StartMs - (Duration(_rig.Path(0)) * 1000), -40, 40);
    }

    [Fact]
    public void A_microphone_that_goes_leaves_the_picture_in_its_file()
    {
        var arrivals = new RtpSender(H264.Value, new Link(TimeSpan.Zero)).Send(CaptureRig.Bell);
        _rig.Publish("p", "TeacherCloseUp", "H264", arrivals, soundUntil: CaptureRig.Bell + TimeSpan.FromSeconds(3));
        _rig.Run();

        Assert.Single(_rig.Opened);
        var path = _rig.Finished(0);
        Assert.Equal(H264.Value.Frames.Count(frame => frame.IsVideo), Frames(path, "v:0"));
        Assert.Equal(3, MediaMarks.Beeps(path).Count);
    }

    [Theory, InlineData("H264"), InlineData("VP8")]
    public void A_picture_of_one_size_is_known_as_such(string codec)
    {
        _rig.Publish("p", "TeacherCloseUp", codec, new RtpSender(Media(codec), new Link(TimeSpan.Zero)).Send(CaptureRig.Bell));
        _rig.Run();
        Assert.Equal(new PictureSizes(320, 180, IsConstant: true), PictureSizes.Read(_rig.Finished(0), codec));
    }

    [Fact]
    public void Sound_without_picture_is_recorded_too()
    {
        var arrivals = new RtpSender(H264.Value, new Link(TimeSpan.Zero)).Send(CaptureRig.Bell).Where(arrival => !arrival.IsVideo).ToList();
        _rig.Publish("p", "Board", "H264", arrivals);
        _rig.Run();

        var path = _rig.Finished(0);
        Assert.Null(_rig.Opened[0].VideoCodec);
        Assert.Equal(8.0, Duration(path), 0.1);
    }

    [Fact]
    public void A_publication_without_frames_asks_for_a_key_frame_again_and_again()
    {
        var arrivals = new RtpSender(H264.Value, new Link(TimeSpan.Zero)).Send(CaptureRig.Bell)
            .Where(arrival => !arrival.IsVideo && arrival.At < CaptureRig.Bell + TimeSpan.FromSeconds(3)).ToList();
        _rig.Publish("p", "Board", "H264", arrivals);
        _rig.Run();
        Assert.InRange(_rig.KeyframeWishes.Count, 6, 12);
    }

    public void Dispose() => _rig.Dispose();

    internal static double Duration(string path) =>
        double.Parse(Tool.Ffprobe($"-show_entries format=duration -of csv=p=0 {path}"), System.Globalization.CultureInfo.InvariantCulture);

    internal static int Frames(string path, string stream) =>
        int.Parse(Tool.Ffprobe($"-count_frames -select_streams {stream} -show_entries stream=nb_read_frames -of csv=p=0 {path}").Trim().TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture);

    private static SourceMedia Media(string codec) => codec == "VP8" ? Vp8.Value : H264.Value;

    private List<double> LessonFlashes(int index) => [.. MediaMarks.Flashes(_rig.Finished(index)).Select(ms => ms + _rig.Opened[index].StartMs)];
}
