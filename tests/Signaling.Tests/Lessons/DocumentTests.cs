using System.Net;
using System.Net.Http.Json;
using System.Text;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Tests.Lessons;

public sealed class DocumentTests
{
    private const string Documents = "/api/lessons/lesson-1/documents";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slides_wait_for_their_pages_and_are_linked_when_they_are_there()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        var row = await UploadAsync(teacher, "第五单元 方程.pdf", "%PDF-1.7 …");
        Assert.Equal((DocumentKind.Slides, DocumentState.Waiting, "第五单元 方程"), (row.Kind, row.State, row.Title));
        Assert.Null(row.PagesBase);
        Assert.Contains($"lesson-1/documents/{row.Id}/original.pdf", school.Files.Files.Keys);

        await using (var db = school.Database.Create())
        {
            Assert.Equal(10, (await db.Jobs.SingleAsync(job => job.Kind == JobKinds.RenderSlides && job.SubjectId == row.Id, Cancel)).Priority);
            await db.LessonDocuments.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DocumentState.Ready).SetProperty(d => d.Pages, """[{"width":960,"height":540,"title":"方程"}]"""), Cancel);
        }

        var ready = Assert.Single(await ListAsync(teacher));
        Assert.Equal(new DocumentPage(960, 540, "方程"), Assert.Single(ready.Pages));
        Assert.Equal($"/media/for-240/lesson-1/documents/{row.Id}/pages/", ready.PagesBase);
    }

    [Theory]
    [InlineData("teacher1", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("teacher2", HttpStatusCode.Forbidden)]
    [InlineData("student1", HttpStatusCode.Forbidden)]
    [InlineData("technician", HttpStatusCode.Forbidden)]
    [InlineData("supervisor", HttpStatusCode.Forbidden)]
    [InlineData("editor", HttpStatusCode.Forbidden)]
    [InlineData("reviewer", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Only_those_who_plan_the_lesson_see_and_change_its_documents(string? account, HttpStatusCode expected)
    {
        await using var school = await TestSchool.OpenAsync();
        using var owner = await school.SignInAsync("teacher1");
        var row = await UploadAsync(owner, "a.pdf", "%PDF-1.7");
        using var browser = account is null ? school.Browser() : await school.SignInAsync(account);

        Assert.Equal(expected, (await browser.GetAsync(Documents, Cancel)).StatusCode);
        Assert.Equal(expected, (await browser.PutAsJsonAsync($"{Documents}/{row.Id}", new DocumentEdit("b", 0), Cancel)).StatusCode);
        var isAllowed = expected == HttpStatusCode.OK;
        Assert.Equal(isAllowed ? HttpStatusCode.Created : expected, (await browser.PostAsync($"{Documents}?name=b.pdf", Body("%PDF-1.7"), Cancel)).StatusCode);
        Assert.Equal(isAllowed ? HttpStatusCode.Created : expected, (await browser.PostAsJsonAsync($"{Documents}/links", new LinkEdit("", "https://example.org/"), Cancel)).StatusCode);
        Assert.Equal(isAllowed ? HttpStatusCode.NoContent : expected, (await browser.DeleteAsync($"{Documents}/{row.Id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_is_no_document_is_refused_in_words()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        Assert.Equal("file_empty", await CodeOf(await teacher.PostAsync($"{Documents}?name=a.pdf", Body(""), Cancel)));
        Assert.Equal("bad_request", await CodeOf(await teacher.PostAsync($"{Documents}?name=a.pdf&kind=Link", Body("%PDF"), Cancel)));
        Assert.Equal("bad_link", await CodeOf(await teacher.PostAsJsonAsync($"{Documents}/links", new LinkEdit("x", "javascript:alert(1)"), Cancel)));
        Assert.Equal("bad_link", await CodeOf(await teacher.PostAsJsonAsync($"{Documents}/links", new LinkEdit("x", "file:///etc/passwd"), Cancel)));
        Assert.Equal("document_not_found", await CodeOf(await teacher.DeleteAsync($"{Documents}/nothing", Cancel)));
    }

    [Fact]
    public async Task Documents_keep_the_order_that_their_teacher_gives_them()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        await UploadAsync(teacher, "一.pdf", "%PDF-1.7");
        await UploadAsync(teacher, "二.jpg", "a picture");
        var third = await UploadAsync(teacher, "三.pdf", "%PDF-1.7", "File");
        Assert.Equal(DocumentState.Ready, third.State);

        var reply = await teacher.PutAsJsonAsync($"{Documents}/{third.Id}", new DocumentEdit("第三", 0), Cancel);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(["第三", "一", "二"], (await ListAsync(teacher)).Select(row => row.Title));
    }

    [Fact]
    public async Task Deleting_takes_the_files_along_but_not_once_the_lesson_has_begun()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        var (first, second) = (await UploadAsync(teacher, "a.pdf", "%PDF-1.7"), await UploadAsync(teacher, "b.pdf", "%PDF-1.7"));
        Assert.Equal(HttpStatusCode.NoContent, (await teacher.DeleteAsync($"{Documents}/{first.Id}", Cancel)).StatusCode);
        Assert.Equal([$"lesson-1/documents/{second.Id}/original.pdf"], school.Files.Files.Keys);
        await using (var db = school.Database.Create())
        {
            Assert.Equal(JobState.Cancelled, (await db.Jobs.SingleAsync(job => job.SubjectId == first.Id, Cancel)).State);
        }

        await school.PassAsync(TimeSpan.FromMinutes(10));
        await school.PassAsync(TimeSpan.Zero);
        Assert.Equal("lesson_started", await CodeOf(await teacher.DeleteAsync($"{Documents}/{second.Id}", Cancel)));
    }

    private static ByteArrayContent Body(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<DocumentRow> UploadAsync(HttpClient browser, string name, string content, string kind = "Slides")
    {
        var reply = await browser.PostAsync($"{Documents}?name={Uri.EscapeDataString(name)}&kind={kind}", Body(content));
        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        return (await reply.Content.ReadFromJsonAsync<DocumentRow>(HubClient.Json))!;
    }

    private static async Task<DocumentRow[]> ListAsync(HttpClient browser) => (await browser.GetFromJsonAsync<DocumentRow[]>(Documents, HubClient.Json))!;

    private static async Task<string> CodeOf(HttpResponseMessage reply) => (await reply.Content.ReadFromJsonAsync<ApiError>(HubClient.Json))!.Code;
}
