using System.Net;
using System.Net.Http.Headers;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Questions;
using Classroom.TestKit.Hub;
using static Classroom.Signaling.Tests.Live.Questions.Asking;

namespace Classroom.Signaling.Tests.Live.Questions;

/// <summary>A photo of the exercise book as an answer.</summary>
public sealed class PictureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_is_seen_by_staff_and_its_author_and_by_all_when_it_is_shown()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var (author, other) = (await school.JoinAsync("lesson-1", LessonRole.Student, "小明"), await school.JoinAsync("lesson-1", LessonRole.Student, "小刚"));
        var question = await teacher.AskAsync(Of(QuestionKind.Picture));

        using var reply = await SendAsync(school, author, question, Jpeg());
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var picture = (await teacher.SeesOfAsync("answer", question)).GetProperty("value").GetProperty("picture").GetString()!;

        Assert.StartsWith("/media/", await LinkAsync(teacher, question, picture), StringComparison.Ordinal);
        await LinkAsync(author, question, picture);
        Assert.Equal("picture_not_found", (await Assert.ThrowsAsync<HubRefusal>(() => LinkAsync(other, question, picture))).Message);
        Assert.Equal("picture_not_found", (await Assert.ThrowsAsync<HubRefusal>(() => LinkAsync(teacher, question, "../secrets"))).Message);
        await teacher.DoAsync("CloseQuestion", question);
        await teacher.DoAsync("ShowAnswer", question, author.Id);
        await LinkAsync(other, question, picture);
        await teacher.DoAsync("ShowAnswer", question, null);
        await Assert.ThrowsAsync<HubRefusal>(() => LinkAsync(other, question, picture));
    }

    [Fact]
    public async Task A_photo_that_is_sent_again_is_one_answer_and_one_file()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var author = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var question = await teacher.AskAsync(Of(QuestionKind.Picture));

        using var first = await SendAsync(school, author, question, Jpeg());
        using var again = await SendAsync(school, author, question, Jpeg());

        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Single(school.Files.Files);
        var observer = await school.JoinAsync("lesson-1", LessonRole.Observer);
        Assert.Single(observer.Events, e => e.Kind == "answer");
    }

    [Fact]
    public async Task What_is_no_photo_too_large_too_late_or_not_from_a_tablet_of_the_lesson_is_refused()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var author = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var question = await teacher.AskAsync(Of(QuestionKind.Picture));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await StatusAsync(school, author.Reply.ResumeToken, question, "<svg/>"u8.ToArray()));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(school, author.Reply.ResumeToken, question, new byte[(3 * 1024 * 1024) + 1]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(school, "wrong", question, Jpeg()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(school, teacher.Reply.ResumeToken, question, Jpeg()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(school, author.Token, question, Jpeg()));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(school, author.Reply.ResumeToken, "none", Jpeg()));
        await teacher.DoAsync("CloseQuestion", question);
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(school, author.Reply.ResumeToken, question, Jpeg()));
        Assert.Empty(school.Files.Files);
    }

    [Fact]
    public void Where_and_when_a_photo_was_taken_is_taken_out_of_it()
    {
        var clean = JpegCleaner.Clean(Jpeg())!;

        Assert.DoesNotContain("GPS of the child's home", System.Text.Encoding.ASCII.GetString(clean), StringComparison.Ordinal);
        Assert.Equal(clean, JpegCleaner.Clean(clean));
        Assert.True(clean.AsSpan().IndexOf("JFIF"u8) > 0 && clean.AsSpan().EndsWith(new byte[] { 0x11, 0x22, 0xFF, 0xD9 }));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0xFF, 0xD8 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 0x00 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xC0, 0x00, 0x08, 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0xFF, 0xDA, 0x00, 0x02, 0xFF, 0xD9 })]
    public void What_only_begins_like_a_photo_is_none(byte[] file) => Assert.Null(JpegCleaner.Clean(file));

    private static Task<string> LinkAsync(Page page, string question, string picture) => page.Hub.CallAsync<string>("AnswerPicture", question, picture);

    private static Task<HttpResponseMessage> SendAsync(TestSchool school, Page author, string question, byte[] file) => SendAsync(school, author.Reply.ResumeToken, question, file);

    private static async Task<HttpStatusCode> StatusAsync(TestSchool school, string token, string question, byte[] file)
    {
        using var reply = await SendAsync(school, token, question, file);
        return reply.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestSchool school, string token, string question, byte[] file)
    {
        using var browser = school.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/lessons/lesson-1/questions/{question}/picture?key=photo-1") { Content = new ByteArrayContent(file) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await browser.SendAsync(request, Ct);
    }

    /// <summary>The skeleton of a picture of 16 by 16 pixels, with EXIF and a comment.</summary>
    private static byte[] Jpeg() =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, "JFIF\0\u0001\u0002\0\0\u0001\0\u0001\0\0"u8.ToArray()),
        .. Segment(0xE1, "Exif\0\0GPS of the child's home"u8.ToArray()),
        .. Segment(0xFE, "GPS of the child's home"u8.ToArray()),
        .. Segment(0xC0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x11, 0x22, 0xFF, 0xD9,
    ];

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];
}
