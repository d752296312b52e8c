using Classroom.Data;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Tests.Capture;
using Classroom.Recorder.Tests.Media;
using Classroom.TestKit.Hls;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Pipeline;

/// <summary>Films of everything that an edit list can say, looked at picture by picture.</summary>
public sealed class FilmTests
{
    private const string Teacher = "room1/TeacherCloseUp";
    private const string Pupils = "room2/StudentPanorama";
    private const string Board = "room1/Board";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_way_and_grid_show_their_seats_at_their_places()
    {
        await using var rig = await ThreeSeatsAsync();
        var film = await FilmAsync(rig, new EditList(
        [
            new EditClip(0, 1_000, EditLayout.ThreeWay, [Teacher, Pupils, Board]),
            new EditClip(1_000, 2_000, EditLayout.Grid, [Teacher, Pupils, Board]),
        ]));

        Assert.Equal(50, CaptureTests.Frames(film, "v:0"));
        Assert.Equal(("red", "blue", "green"), (Pixels.At(film, 24, 0.3, 0.5), Pixels.At(film, 24, 0.83, 0.25), Pixels.At(film, 24, 0.83, 0.75)));
        Assert.Equal(("red", "blue", "green"), (Pixels.At(film, 25, 0.25, 0.25), Pixels.At(film, 25, 0.75, 0.25), Pixels.At(film, 25, 0.5, 0.75)));
        Assert.Equal("black", Pixels.At(film, 25, 0.1, 0.75));
    }

    [Fact]
    public async Task Cards_stand_before_and_behind_the_clips_for_whole_frames()
    {
        await using var rig = await ThreeSeatsAsync();
        var film = await FilmAsync(rig, new EditList([new EditClip(0, 1_000, EditLayout.Single, [Teacher])])
        {
            Opening = new EditCard(CardStyle.Paper, 2_000, "第一课时"),
            Closing = new EditCard(CardStyle.Ink, 1_000, "谢谢观看"),
        });

        Assert.Equal(100, CaptureTests.Frames(film, "v:0"));
        Assert.Equal(4.0, CaptureTests.Duration(film), 0.05);
        Assert.Equal(("white", "red", "red", "black"), (Pixels.At(film, 49, 0.95, 0.05), Pixels.At(film, 50, 0.5, 0.5), Pixels.At(film, 74, 0.5, 0.5), Pixels.At(film, 75, 0.95, 0.05)));
        // The words are there, and sharp: dark and light side by side.
        var (least, most) = Pixels.Range(film, 20);
        Assert.True(least < 70 && most > 225, $"{least} to {most}");
    }

    // Browsers and appliances write different things about their colours into their streams, and cards are drawn without any.
    [Fact]
    public async Task Seats_of_different_colours_and_a_card_make_one_film_of_one_kind()
    {
        const string Bt709 = "scale=out_color_matrix=bt709 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
        const string FullRange = "scale=out_color_matrix=bt601:out_range=pc -colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m -color_range pc";
        await using var rig = await PipelineRig.CreateAsync();
        await AddAsync(Teacher, "0x20C040", Bt709);
        await AddAsync(Pupils, "0x20C040", FullRange);
        await AddAsync(Board, "0x20C040", "null");
        var film = await FilmAsync(rig, new EditList(
        [
            new EditClip(0, 1_000, EditLayout.Single, [Teacher]),
            new EditClip(1_000, 2_000, EditLayout.Single, [Pupils]),
            new EditClip(2_000, 3_000, EditLayout.SideBySide, [Board, Teacher]),
        ])
        {
            Opening = new EditCard(CardStyle.Pine, 1_000, ""),
        });

        Assert.Equal(100, CaptureTests.Frames(film, "v:0"));
        Assert.Equal("tv,smpte170m,smpte170m,smpte170m", Tool.Run("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=color_range,color_space,color_transfer,color_primaries", "-of", "csv=p=0", film).Trim().Trim(','));
        Assert.All([30, 60, 85], frame => Assert.All([0.25, 0.75], x => IsNear((0x20, 0xC0, 0x40), Pixels.ColourAt(film, frame, x, 0.5))));

        async Task AddAsync(string seat, string colour, string says)
        {
            var path = rig.Folder.File($"{seat.Replace('/', '-')}.mkv");
            Tool.Ffmpeg($"-f lavfi -i color={colour}:s=320x180:r=25,format=rgb24 -t 4 -vf {says} -pix_fmt yuv420p -c:v libx264 -preset ultrafast -tune zerolatency -g 50 {path}");
            await rig.AddFileAsync(seat, path, 0, 4_000, "H264", hasSound: false);
        }

        static void IsNear((int R, int G, int B) expected, (int R, int G, int B) colour) =>
            Assert.True(Math.Abs(expected.R - colour.R) < 12 && Math.Abs(expected.G - colour.G) < 12 && Math.Abs(expected.B - colour.B) < 12, $"{colour}");
    }

    [Fact]
    public async Task What_is_blurred_cannot_be_recognised_and_only_there_and_then()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var path = rig.Folder.File("stripes.mkv");
        Tool.Ffmpeg($"-f lavfi -i color=black:s=320x180:r=25,geq=lum='if(mod(floor(X/10),2),235,16)':cb=128:cr=128 -t 4 -c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -g 50 {path}");
        await rig.AddFileAsync(Teacher, path, 0, 4_000, "H264", hasSound: false);
        var film = await FilmAsync(rig, new EditList([new EditClip(0, 4_000, EditLayout.Single, [Teacher])])
        {
            Blurs = [new EditBlur(Teacher, 1_000, 2_000, 0.5, 0, 0.5, 1)],
        });

        Assert.True(Contrast(film, 24, "right") > 150);
        Assert.True(Contrast(film, 25, "right") < 40);
        Assert.True(Contrast(film, 49, "right") < 40);
        Assert.True(Contrast(film, 37, "left") > 150);
        Assert.True(Contrast(film, 52, "right") > 150);

        static int Contrast(string film, int frame, string side)
        {
            var (least, most) = Pixels.Range(film, frame, $"crop=iw/4:ih/2:{(side == "left" ? "iw/8" : "iw*5/8")}:ih/4,");
            return most - least;
        }
    }

    [Fact]
    public async Task What_is_muted_is_not_heard()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var path = rig.Folder.File("beeps.mkv");
        SourceMedia.Write(path, "H264", 6);
        await rig.AddFileAsync(Teacher, path, 0, 6_000, "H264");
        var edit = new EditList([new EditClip(0, 6_000, EditLayout.Single, [Teacher])]);

        Assert.Equal(6, MediaMarks.Beeps(await FilmAsync(rig, edit)).Count);
        Assert.Equal(4, MediaMarks.Beeps(await FilmAsync(rig, edit with { Mutes = [new EditMute(null, 1_900, 3_500)] })).Count);
        Assert.Equal(5, MediaMarks.Beeps(await FilmAsync(rig, edit with { Mutes = [new EditMute(Teacher, 1_900, 2_500), new EditMute(Pupils, 0, 6_000)] })).Count);
    }

    [Fact]
    public async Task A_changed_title_makes_one_piece_and_a_trim_makes_what_it_touched()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync(Teacher, "red", 0, 150);
        var edit = new EditList([new EditClip(1_000, 149_000, EditLayout.Single, [Teacher])]) { Opening = new EditCard(CardStyle.Pine, 2_000, "") };
        var course = await rig.AddCourseAsync(edit);

        // A card, three parts of the clip, its sound mixed, and the sound of the whole.
        Assert.Equal(6, await PiecesMadeAsync(rig, course));
        Assert.Equal(0, await PiecesMadeAsync(rig, course));
        Assert.Equal(1, await PiecesMadeAsync(rig, course, row => row.Title = "小数的意义"));
        Assert.Equal(3, await PiecesMadeAsync(rig, course, row => row.EditJson = (edit with { Clips = [edit.Clips[0] with { InMs = 1_040 }] }).ToJson()));
        await using var db = rig.Database.Create();
        var film = rig.StorePath((await db.Renditions.OrderByDescending(row => row.CreatedAt).FirstAsync(Cancel)).Mp4Key);
        Assert.Equal(50 + 3_699, CaptureTests.Frames(film, "v:0"));
        Assert.Empty(new HlsValidator().Check(Path.Combine(Path.GetDirectoryName(film)!, FilmFiles.Master)));

        // What only an earlier film had is gone: three parts on three rungs, the card, the mix, the sound.
        Assert.Equal((4 * 3) + 2, await CountPiecesAsync(rig));
    }

    [Fact]
    public async Task A_worker_that_takes_over_goes_on_with_the_pieces_that_are_there()
    {
        await using var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync(Teacher, "red", 0, 130);
        var course = await rig.AddCourseAsync(new EditList([new EditClip(0, 130_000, EditLayout.Single, [Teacher])]));
        using var killed = new CancellationTokenSource();
        var dying = rig.RenderAsync(course, (progress, _) =>
        {
            // Well into the second of three pieces.
            if (progress > 0.5)
            {
                killed.Cancel();
            }
        }, killed.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);

        var (pictures, sounds) = await CountKindsAsync(rig);
        Assert.True(pictures is >= 3 and < 9, $"{pictures} pieces");
        Assert.Equal(5 - (pictures / 3) - sounds, await PiecesMadeAsync(rig, course));
    }

    private static async Task<PipelineRig> ThreeSeatsAsync()
    {
        var rig = await PipelineRig.CreateAsync();
        await rig.AddTrackAsync(Teacher, "red", 0, 3);
        await rig.AddTrackAsync(Pupils, "blue", 0, 3);
        await rig.AddTrackAsync(Board, "green", 0, 3);
        return rig;
    }

    private static async Task<string> FilmAsync(PipelineRig rig, EditList edit)
    {
        var course = await rig.AddCourseAsync(edit);
        Assert.Equal("Done: ", await rig.OutcomeAsync(JobKinds.RenderCourse, course));
        await using var db = rig.Database.Create();
        return rig.StorePath((await db.Renditions.SingleAsync(row => row.MicroCourseId == course, Cancel)).Mp4Key);
    }

    private static async Task<int> PiecesMadeAsync(PipelineRig rig, string course, Action<MicroCourse>? change = null)
    {
        await using (var db = rig.Database.Create())
        {
            var row = await db.MicroCourses.SingleAsync(item => item.Id == course, Cancel);
            change?.Invoke(row);
            await db.SaveChangesAsync(Cancel);
        }

        return (await rig.RenderAsync(course, static (_, _) => { }, Cancel)).MadePieces;
    }

    private static async Task<int> CountPiecesAsync(PipelineRig rig)
    {
        var (pictures, sounds) = await CountKindsAsync(rig);
        return pictures + sounds;
    }

    // A piece of pictures is named by its rung too.
    private static async Task<(int Pictures, int Sounds)> CountKindsAsync(PipelineRig rig)
    {
        var (pictures, sounds) = (0, 0);
        await foreach (var item in rig.Store.ListAsync(PieceStore.Root, Cancel))
        {
            _ = item.Key.EndsWith("p.mp4", StringComparison.Ordinal) ? pictures++ : sounds++;
        }

        return (pictures, sounds);
    }
}
