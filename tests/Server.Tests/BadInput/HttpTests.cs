using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Classroom.Server.Tests.BadInput;

/// <summary>What pages and strangers may send wrong to the HTTP interface, and what they are told.</summary>
[Collection(typeof(OpenSchoolCollection))]
public sealed class HttpTests(OpenSchool school)
{
    private const string Json = "application/json";

    [Theory]
    [InlineData("/api/sign-in", "{", "400 bad_request")]
    [InlineData("/api/sign-in", "[]", "400 bad_request")]
    [InlineData("/api/sign-in", "null", "400 bad_request")]
    [InlineData("/api/sign-in", "", "400 bad_request")]
    [InlineData("/api/sign-in", "{}", "401 bad_credentials")]
    [InlineData("/api/sign-in", "{\"userName\":1,\"password\":[]}", "400 bad_request")]
    [InlineData("/api/join", "{}", "404 unknown_pin")]
    [InlineData("/api/join", "{\"pin\":\"123456\"}", "400 bad_name")]
    [InlineData("/api/join", "{\"pin\":\"'; DROP TABLE\",\"name\":\"小明\"}", "404 unknown_pin")]
    public async Task What_strangers_send_wrong_is_refused_in_words(string path, string body, string refusal)
    {
        using var content = OpenSchool.Text(body, Json);
        Assert.Equal(refusal, (await school.SendAsync(HttpMethod.Post, path, content: content)).Refusal);
        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("POST", "/api/lessons", "{\"kind\":\"Nonsense\"}", "400 bad_request")]
    [InlineData("POST", "/api/lessons", "{}", "400 bad_plan")]
    [InlineData("POST", "/api/lessons", "{\"title\":\"课\",\"plannedStart\":\"tomorrow\"}", "400 bad_request")]
    [InlineData("PUT", "/api/lessons/nothing", "{}", "404 lesson_not_found")]
    [InlineData("POST", "/api/lessons/demo/token", "{\"role\":\"Emperor\"}", "400 bad_request")]
    [InlineData("POST", "/api/courses", "{}", "404 lesson_not_found")]
    [InlineData("POST", "/api/courses", "{\"lessonId\":\"nothing\",\"inMs\":-5,\"outMs\":9e99}", "400 bad_request")]
    [InlineData("PUT", "/api/courses/nothing", "{}", "404 course_not_found")]
    [InlineData("POST", "/api/me/password", "{}", "400 wrong_password")]
    [InlineData("GET", "/api/jobs/nothing", null, "404 job_not_found")]
    [InlineData("GET", "/api/recordings/nothing", null, "404 recording_not_found")]
    [InlineData("GET", "/api/lessons?from=yesterday&to=never", null, "400 bad_request")]
    [InlineData("GET", "/api/courses?page=abc", null, "400 bad_request")]
    [InlineData("POST", "/api/admin/accounts", "{}", "403 not_allowed")]
    [InlineData("DELETE", "/api/lessons", null, "404 not_found")]
    public async Task What_a_teacher_s_page_sends_wrong_is_refused_in_words(string method, string path, string? body, string refusal)
    {
        using var content = body is null ? null : OpenSchool.Text(body, Json);
        var cookie = await school.SignInAsync("teacher1");
        Assert.Equal(refusal, (await school.SendAsync(HttpMethod.Parse(method), path, content: content, cookie: cookie)).Refusal);
        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("/api/admin/accounts", "{}", "400 bad_account")]
    [InlineData("/api/admin/accounts", "{\"role\":\"Wizard\"}", "400 bad_request")]
    [InlineData("/api/admin/regions", "{}", "400 bad_name")]
    [InlineData("/api/admin/schools", "{\"name\":\"校\",\"shortName\":\"校\"}", "400 unknown_region")]
    [InlineData("/api/admin/pairs", "{\"name\":\"对\"}", "400 bad_pair")]
    [InlineData("/api/admin/classrooms", "{\"name\":\"教室\"}", "400 unknown_school")]
    [InlineData("/api/admin/classrooms", "{\"name\":\"教室\",\"schoolId\":\"school-xinghai\",\"seats\":[\"Roof\"]}", "400 bad_seats")]
    [InlineData("/api/admin/classes", "{\"name\":\"班\"}", "400 unknown_school")]
    [InlineData("/api/admin/classes/nothing/roster", "number,name\n1,小明", "404 not_found")]
    public async Task What_an_administrator_s_page_sends_wrong_is_refused_in_words(string path, string body, string refusal)
    {
        using var content = OpenSchool.Text(body, Json);
        var cookie = await school.SignInAsync("admin");
        Assert.Equal(refusal, (await school.SendAsync(HttpMethod.Post, path, content: content, cookie: cookie)).Refusal);
    }

    [Fact]
    public async Task A_body_of_40_MB_is_refused()
    {
        using var content = new ByteArrayContent(new byte[40 * 1024 * 1024]);
        content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        try
        {
            Assert.Equal("413 too_large", (await school.SendAsync(HttpMethod.Post, "/api/sign-in", content: content)).Refusal);
        }
        catch (HttpRequestException)
        {
            // The server may hang up while the rest is still being sent.
        }

        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("number,who\n1,小明", "The first line has no column")]
    [InlineData("", "The file is empty.")]
    [InlineData("number,name\n1,\"小明", "not closed")]
    [InlineData("number,name\n1,小明\n1,小红", "already in line 2")]
    [InlineData("number,name\n,小明", "The number is missing.")]
    [InlineData("\0\0\0\0", "")]
    public async Task A_roster_that_cannot_be_read_says_which_line_and_changes_nothing(string csv, string words)
    {
        var report = await ImportAsync(Encoding.UTF8.GetBytes(csv));
        Assert.Contains("\"applied\":false", report, StringComparison.Ordinal);
        Assert.Contains(words, System.Text.RegularExpressions.Regex.Unescape(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roster_in_a_wrong_encoding_is_no_reason_to_fail()
    {
        var report = await ImportAsync([0xFF, 0xFE, 0x6E, 0x00, 0x75, 0xD8, 0x00, 0x80, 0x81]);
        Assert.Contains("\"applied\":false", report, StringComparison.Ordinal);
        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("/media/garbage/film.mp4", 403)]
    [InlineData("/media/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/film.mp4", 403)]
    [InlineData("/media/x/..%2f..%2fclassroom.db", 403)]
    [InlineData("/media/x/../../data/secrets/token.key", 401)]
    [InlineData("/media/../../../etc/passwd", 404)]
    [InlineData("/media/x/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("/assets/../../appsettings.json", 401)]
    [InlineData("/assets/..%5c..%5cappsettings.json", 401)]
    public async Task Paths_that_climb_and_forged_tickets_give_nothing(string path, int status)
    {
        // Past the client's own tidying of paths: this is what is on the wire.
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("localhost", school.Host.Address("http").Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var reply = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith($"HTTP/1.1 {status} ", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", reply, StringComparison.Ordinal);
    }

    private async Task<string> ImportAsync(byte[] csv)
    {
        var cookie = await school.SignInAsync("admin");
        var classes = (await school.SendAsync(HttpMethod.Get, "/api/admin/classes", cookie: cookie)).Body;
        var id = System.Text.Json.JsonDocument.Parse(classes).RootElement[0].GetProperty("id").GetString();
        using var content = new ByteArrayContent(csv);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var answer = await school.SendAsync(HttpMethod.Post, $"/api/admin/classes/{id}/roster", content: content, cookie: cookie);
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Body;
    }
}
