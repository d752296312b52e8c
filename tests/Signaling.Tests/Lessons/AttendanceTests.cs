using System.Net;
using System.Net.Http.Json;
using System.Text;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Lessons;

/// <summary>Minutes present, from the timeline, beside the roster.</summary>
public sealed class AttendanceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task Minutes_are_counted_from_the_bell_without_the_time_away(TestProvider provider)
    {
        await using var school = await TestSchool.OpenAsync(provider);
        await AddPupilAsync(school, "2", "小刚");
        var teacher = await school.OpenLessonAsync();
        var early = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        await teacher.DoAsync("StartLesson");
        school.Time.Advance(TimeSpan.FromMinutes(5));
        var late = await school.JoinAsync("lesson-1", LessonRole.Student, "来宾");
        school.Time.Advance(TimeSpan.FromMinutes(5));
        await early.DisposeAsync();
        await teacher.SeesAsync("away");
        school.Time.Advance(TimeSpan.FromMinutes(2));
        var back = await school.ConnectAsync(early.Token);
        await back.JoinAsync(early.Reply.ResumeToken);
        school.Time.Advance(TimeSpan.FromMinutes(4));

        using var browser = await school.SignInAsync("teacher1");
        var during = await ReadAsync(browser);
        Assert.Equal((16 * 60_000, false), (during.LengthMs, during.IsOver));
        Assert.True(Row(during, "小明").IsHere);

        await late.DisposeAsync();
        await teacher.SeesAsync("away", body => body.GetProperty("participantId").GetString() == late.Id);
        school.Time.Advance(TimeSpan.FromMinutes(4));
        await teacher.DoAsync("EndLesson");
        var after = await ReadAsync(browser);

        Assert.Equal((20 * 60_000, true), (after.LengthMs, after.IsOver));
        var first = Row(after, "小明");
        Assert.Equal((18 * 60_000, 0L, false, false, "1", "五年级1班"), (first.PresentMs, first.FirstAt, first.IsLate, first.LeftEarly, first.Number, first.ClassName));
        Assert.Equal(2, first.Spans.Length);
        var second = Row(after, "来宾");
        Assert.Equal((11 * 60_000, true, true, (string?)null), (second.PresentMs, second.IsLate, second.LeftEarly, second.Number));
        var absent = Row(after, "小刚");
        Assert.Equal((0L, (long?)null, "2"), (absent.PresentMs, absent.FirstAt, absent.Number));
        Assert.Equal([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1], after.PresentPerMinute);
    }

    [Fact]
    public async Task One_pupil_with_two_tablets_is_counted_once()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("StartLesson");
        await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        school.Time.Advance(TimeSpan.FromMinutes(1));
        await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        school.Time.Advance(TimeSpan.FromMinutes(1));

        using var browser = await school.SignInAsync("teacher1");
        Assert.Equal(2 * 60_000, Assert.Single((await ReadAsync(browser)).Rows, row => row.Name == "小明").PresentMs);
    }

    [Fact]
    public async Task The_file_opens_in_a_spreadsheet_and_holds_no_formula()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("StartLesson");
        await school.JoinAsync("lesson-1", LessonRole.Student, "=HYPERLINK(\"x\",1)");

        using var browser = await school.SignInAsync("teacher1");
        var bytes = await browser.GetByteArrayAsync("/api/lessons/lesson-1/attendance.csv", Cancel);

        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains("姓名,身份,学号", text, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\",1)\"", text, StringComparison.Ordinal);
        Assert.Contains("Minutes present", await browser.GetStringAsync("/api/lessons/lesson-1/attendance.csv?lang=en", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("teacher1", HttpStatusCode.OK, true)]
    [InlineData("supervisor", HttpStatusCode.OK, true)]
    [InlineData("admin", HttpStatusCode.OK, true)]
    [InlineData("teacher2", HttpStatusCode.OK, false)]
    [InlineData("student1", HttpStatusCode.NotFound, false)]
    [InlineData("editor", HttpStatusCode.NotFound, false)]
    [InlineData("technician", HttpStatusCode.NotFound, false)]
    public async Task Names_of_pupils_are_for_the_teacher_and_the_bureau_and_of_other_schools_for_nobody_else(string userName, HttpStatusCode status, bool seesHostSchool)
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = await school.SignInAsync(userName);
        var reply = await browser.GetAsync("/api/lessons/lesson-1/attendance", Cancel);
        Assert.Equal(status, reply.StatusCode);
        Assert.Equal(status, (await browser.GetAsync("/api/lessons/lesson-1/attendance.csv", Cancel)).StatusCode);
        if (status == HttpStatusCode.OK)
        {
            var rows = (await reply.Content.ReadFromJsonAsync<AttendanceReply>(HubClient.Json, Cancel))!.Rows;
            Assert.Equal(seesHostSchool, rows.Any(row => row.SchoolName == school.Data.Host.Name));
        }
    }

    private static AttendanceRow Row(AttendanceReply reply, string name) => reply.Rows.Single(row => row.Name == name);

    private static async Task<AttendanceReply> ReadAsync(HttpClient browser) =>
        (await browser.GetFromJsonAsync<AttendanceReply>("/api/lessons/lesson-1/attendance", HubClient.Json, Cancel))!;

    private static async Task AddPupilAsync(TestSchool school, string number, string name)
    {
        await using var db = school.Database.Create();
        db.Pupils.Add(new Pupil { Id = $"pupil-{number}", SchoolClassId = school.Data.HostClass.Id, Number = number, Name = name });
        await db.SaveChangesAsync(Cancel);
    }
}
