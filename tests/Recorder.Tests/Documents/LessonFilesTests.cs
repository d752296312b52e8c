using System.Text;
using Classroom.Data;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Links;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Classroom.Recorder.Tests.Media;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Tests.Documents;

public sealed class LessonFilesTests : IDisposable
{
    private const long Most = 2_000_000;
    private readonly TempFolder _folder = new();
    private readonly FolderObjectStore _store;
    private readonly MediaLinks _links;
    private readonly LessonFiles _files;

    public LessonFilesTests()
    {
        var options = Options.Create(new RecorderOptions { SpoolFolder = _folder.File("spool"), StoreFolder = _folder.File("store"), SecretsFolder = _folder.File("secrets") });
        _store = new FolderObjectStore(options.Value.StoreFolder);
        _links = new MediaLinks(options, TimeProvider.System);
        _files = new LessonFiles(_store, _links, new IncomingFiles(_store, new MediaProbe(options), options, TimeProvider.System));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_taken_with_its_size_and_opened_by_its_own_link_only()
    {
        var picture = _folder.File("answer.png");
        Tool.Ffmpeg($"-f lavfi -i testsrc2=s=320x240 -frames:v 1 {picture}");
        await using var content = File.OpenRead(picture);
        var file = await _files.SaveAsync("lesson", "answers/q1", content, LessonFileTypes.Picture, Most, Cancel);

        Assert.Equal(("answers/q1/original.png", "image/png", 320, 240), (file.Name, file.ContentType, file.Width, file.Height));
        var link = _files.LinkTo("lesson", file.Name, TimeSpan.FromMinutes(1)).Split('/');
        Assert.Equal("lessons/lesson/answers/q1/original.png", _links.KeyOf(link[2], link[3]));
        var below = _files.LinkBelow("lesson", "answers/q1", TimeSpan.FromMinutes(1)).Split('/');
        Assert.Null(_links.KeyOf(below[2], "../q2/original.png"));

        await _files.DeleteAsync("lesson", "answers/q1", Cancel);
        Assert.Null(await _store.HeadAsync("lessons/lesson/answers/q1/original.png", Cancel));
    }

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData("<svg onload='alert(1)'/>", "file_type")]
    [InlineData("MZ this is a program", "file_type")]
    [InlineData("%PDF-1.7", "file_type")]
    [InlineData("\u0089PNG", "file_type")]
    public async Task What_a_file_is_tells_its_content(string content, string code)
    {
        var refused = await Assert.ThrowsAsync<LessonFileException>(() => SaveAsync(Encoding.Latin1.GetBytes(content), LessonFileTypes.Picture));
        Assert.Equal(code, refused.Code);
        Assert.Empty(Directory.EnumerateFiles(_folder.File("spool/incoming")));
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_only_says_that_it_is_a_picture_is_refused()
    {
        var large = new byte[Most + 1];
        "%PDF-1.7"u8.CopyTo(large);
        Assert.Equal("file_too_large", (await Assert.ThrowsAsync<LessonFileException>(() => SaveAsync(large, LessonFileTypes.Pdf))).Code);
        Assert.Equal("bad_picture", (await Assert.ThrowsAsync<LessonFileException>(() => SaveAsync([0xFF, 0xD8, 0xFF, .. new byte[500]], LessonFileTypes.Picture))).Code);
    }

    [Fact]
    public async Task A_small_file_that_unfolds_into_a_huge_picture_is_refused()
    {
        var picture = _folder.File("huge.png");
        Tool.Ffmpeg($"-f lavfi -i color=white:s=12000x9000 -frames:v 1 -pix_fmt monob {picture}");
        Assert.Equal("bad_picture", (await Assert.ThrowsAsync<LessonFileException>(() => SaveAsync(File.ReadAllBytes(picture), LessonFileTypes.Picture))).Code);
    }

    public void Dispose() => _folder.Dispose();

    private Task<LessonFile> SaveAsync(byte[] content, LessonFileTypes allowed) => _files.SaveAsync("lesson", "documents/d", new MemoryStream(content), allowed, Most, Cancel);
}
