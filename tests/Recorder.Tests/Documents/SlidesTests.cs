using System.Text;
using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Tests.Media;
using Classroom.Recorder.Tests.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Documents;

public sealed class SlidesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pdf_becomes_pages_in_three_widths_with_their_shapes_and_titles()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var document = await AddAsync(rig, "application/pdf", TestPdf.Of((960, 540, 0, "Equations"), (595, 842, 0, "Tall"), (842, 595, 90, "Turned")));
        var job = await rig.DoAsync(JobKinds.RenderSlides, document.Id);
        Assert.Equal((JobState.Done, null), (job.State, job.Error));

        var row = await ReadAsync(rig, document.Id);
        Assert.Equal(DocumentState.Ready, row.State);
        PageShape[] expected = [new(960, 540, "Equations"), new(595, 842, "Tall"), new(595, 842, "Turned")];
        Assert.Equal(expected, JsonSerializer.Deserialize<PageShape[]>(row.Pages, JsonSerializerOptions.Web));
        Assert.Equal((960, 540), await SizeAsync(rig, document, "1-960.webp"));
        Assert.Equal((1920, 1080), await SizeAsync(rig, document, "1-1920.webp"));
        Assert.Equal((3840, 2160), await SizeAsync(rig, document, "1-3840.webp"));
        Assert.Equal((3840, 5434), await SizeAsync(rig, document, "2-3840.webp"));
        Assert.Equal((960, 1359), await SizeAsync(rig, document, "3-960.webp"));
        Assert.InRange(new FileInfo(PagePath(rig, document, "1-960.webp")).Length, 500, 40_000);
    }

    [Fact]
    public async Task A_picture_is_a_single_page_and_is_never_made_larger_than_it_is()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var picture = rig.Folder.File("photo.jpg");
        Tool.Ffmpeg($"-f lavfi -i testsrc2=s=1600x1200 -frames:v 1 {picture}");
        var document = await AddAsync(rig, "image/jpeg", await File.ReadAllBytesAsync(picture, Cancel), """[{"width":1600,"height":1200,"title":""}]""");
        Assert.Equal(JobState.Done, (await rig.DoAsync(JobKinds.RenderSlides, document.Id)).State);

        Assert.Equal((960, 720), await SizeAsync(rig, document, "1-960.webp"));
        Assert.Equal((1600, 1200), await SizeAsync(rig, document, "1-1920.webp"));
        Assert.Equal((1600, 1200), await SizeAsync(rig, document, "1-3840.webp"));
    }

    [Theory]
    [InlineData("garbage", "bad_pdf")]
    [InlineData("cut", "bad_pdf")]
    [InlineData("strip", "bad_pdf")]
    [InlineData("long", "pdf_too_long")]
    public async Task A_bad_pdf_fails_with_the_reason_and_is_not_tried_again(string what, string code)
    {
        var content = what switch
        {
            "garbage" => Encoding.ASCII.GetBytes("%PDF-1.7\n" + new string('x', 5000)),
            "cut" => TestPdf.Of((960, 540, 0, "x"))[..60],
            "strip" => TestPdf.Of((9000, 10, 0, "x")),
            _ => TestPdf.Of([.. Enumerable.Repeat((100.0, 100.0, 0, "x"), 301)]),
        };
        await using var rig = await PipelineRig.CreateAsync();
        var document = await AddAsync(rig, "application/pdf", content);
        Assert.Equal(JobState.Failed, (await rig.DoAsync(JobKinds.RenderSlides, document.Id)).State);

        var row = await ReadAsync(rig, document.Id);
        Assert.Equal((DocumentState.Failed, code), (row.State, row.Error));
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_stopped()
    {
        using var folder = new TempFolder();
        var bomb = folder.Write("bomb.pdf", TestPdf.Bomb());
        await Assert.ThrowsAsync<TimeoutException>(() => BoundedProgram.RunAsync(
            "pdftoppm", ["-scale-to", "4000", bomb, folder.File("page")], TimeSpan.FromSeconds(2), 1_000, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task A_program_that_says_too_much_is_stopped_and_what_came_is_kept()
    {
        var output = await BoundedProgram.RunAsync("yes", ["y"], TimeSpan.FromSeconds(30), 10, TimeProvider.System, Cancel);
        Assert.Equal((true, "y\ny\ny\ny\ny\n"), (output.IsCut, output.Text));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var missing = await Assert.ThrowsAsync<PipelineException>(() => BoundedProgram.RunAsync("pdf-no-such-program", [], TimeSpan.FromSeconds(30), 10, TimeProvider.System, Cancel));
        Assert.Contains("poppler-utils", missing.Message, StringComparison.Ordinal);
        Assert.True(missing.Retry);
    }

    [Fact]
    public async Task A_document_that_was_deleted_meanwhile_leaves_nothing_behind()
    {
        await using var rig = await PipelineRig.CreateAsync();
        Assert.Equal(JobState.Done, (await rig.DoAsync(JobKinds.RenderSlides, "deleted")).State);
    }

    [Fact]
    public async Task A_job_that_gives_up_leaves_a_document_that_says_so()
    {
        await using var rig = await PipelineRig.CreateAsync();
        var document = await AddAsync(rig, "application/pdf", []);
        File.Delete(rig.StorePath(document.OriginalKey()));
        Assert.Equal(JobState.Failed, (await rig.DoAsync(JobKinds.RenderSlides, document.Id)).State);
        Assert.Equal("render_failed", (await ReadAsync(rig, document.Id)).Error);
    }

    private static async Task<LessonDocument> AddAsync(PipelineRig rig, string type, byte[] content, string pages = "[]")
    {
        var document = new LessonDocument { LessonId = PipelineRig.LessonId, Kind = DocumentKind.Slides, Title = "课件", ContentType = type, Pages = pages };
        await rig.Store.PutFileAsync(document.OriginalKey(), rig.Folder.Write("upload", content), Cancel);
        await using var db = rig.Database.Create();
        db.LessonDocuments.Add(document);
        await db.SaveChangesAsync(Cancel);
        return document;
    }

    private static async Task<LessonDocument> ReadAsync(PipelineRig rig, string id)
    {
        await using var db = rig.Database.Create();
        return await db.LessonDocuments.AsNoTracking().SingleAsync(row => row.Id == id, Cancel);
    }

    private static string PagePath(PipelineRig rig, LessonDocument document, string name) => rig.StorePath($"{document.FolderKey()}pages/{name}");

    private static async Task<(int Width, int Height)> SizeAsync(PipelineRig rig, LessonDocument document, string name)
    {
        var media = await new MediaProbe(rig.Options).ReadAsync(PagePath(rig, document, name), Cancel);
        return (media.Width, media.Height);
    }
}
