using System.Net;
using System.Net.Http.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Tests.Lessons;

public sealed class PlanningTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task A_teacher_plans_a_lesson_and_is_warned_of_clashes(TestProvider provider)
    {
        await using var school = await TestSchool.OpenAsync(provider);
        using var teacher = await school.SignInAsync("teacher1");

        var detail = await ReadAsync<LessonDetail>(await PostAsync(teacher, "/api/lessons", Plan(school)));

        Assert.Equal(["teacher", "classroom"], detail.Clashes.Select(clash => clash.What));
        Assert.Equal("lesson-1", detail.Clashes[0].LessonId);
        Assert.Matches("^[0-9]{6}$", detail.Pin!);
        Assert.Equal($"https://classroom.test/join/{detail.Pin}", detail.JoinUrl);
        Assert.Equal(("check", "张老师", "星海"), (detail.Card.Phase, detail.Card.TeacherName, detail.Card.Classrooms[0].SchoolShortName));
        var listed = await teacher.GetFromJsonAsync<LessonCard[]>("/api/lessons", HubClient.Json, Ct);
        Assert.Contains(listed!, card => card.Id == detail.Card.Id);
    }

    [Fact]
    public async Task Every_broken_rule_of_a_plan_is_named()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        var now = school.Time.UtcNow;
        var plan = Plan(school) with { Title = " ", PlannedStart = now, PlannedEnd = now.AddMinutes(-1), Classrooms = [new("room-1", false, null)], PairId = "none" };

        using var reply = await PostAsync(teacher, "/api/lessons", plan);

        var error = await reply.Content.ReadFromJsonAsync<ApiError>(HubClient.Json, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(["title", "plannedEnd", "plannedEnd", "classrooms", "pairId"], error!.Fields!.Select(field => field.Field));
    }

    [Fact]
    public async Task Planning_one_for_now_opens_it_at_the_next_tick()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher2");
        var plan = Plan(school) with { PlannedStart = school.Time.UtcNow, PlannedEnd = school.Time.UtcNow.AddMinutes(40) };
        var detail = await ReadAsync<LessonDetail>(await PostAsync(teacher, "/api/lessons", plan));

        await school.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(LessonState.Live, (await school.LessonAsync(detail.Card.Id)).State);
    }

    [Fact]
    public async Task Others_lessons_can_not_be_changed_and_are_seen_only_where_one_takes_part()
    {
        await using var school = await TestSchool.OpenAsync();
        using var other = await school.SignInAsync("teacher2");
        using var student = await school.SignInAsync("student1");

        var seen = await ReadAsync<LessonDetail>(await other.GetAsync("/api/lessons/lesson-1", Ct));
        Assert.Null(seen.Pin);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(other, "/api/lessons/lesson-1", seen.Plan)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync("/api/lessons/lesson-1/cancel", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/api/lessons/lesson-1/join-code", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(student, "/api/lessons", Plan(school))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/api/lessons/none", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_lesson_is_edited_opened_and_cancelled_and_not_after_the_bell()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        var detail = await ReadAsync<LessonDetail>(await teacher.GetAsync("/api/lessons/lesson-1", Ct));
        var edited = await ReadAsync<LessonDetail>(await PutAsync(teacher, "/api/lessons/lesson-1", detail.Plan with { Title = "分数的加减" }));
        Assert.Equal("分数的加减", edited.Card.Title);

        var opened = await ReadAsync<LessonDetail>(await teacher.PostAsync("/api/lessons/lesson-1/open", null, Ct));
        Assert.Equal((LessonState.Open, "enter"), (opened.Card.State, opened.Card.Phase));
        var code = await ReadAsync<JoinCode>(await teacher.GetAsync("/api/lessons/lesson-1/join-code", Ct));
        Assert.StartsWith("<svg", code.QrSvg, StringComparison.Ordinal);

        await school.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(teacher, "/api/lessons/lesson-1", edited.Plan)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await teacher.PostAsync("/api/lessons/lesson-1/cancel", null, Ct)).StatusCode);
    }

    [Fact]
    public async Task Cancelling_an_open_lesson_sends_everyone_away()
    {
        await using var school = await TestSchool.OpenAsync();
        var page = await school.OpenLessonAsync();
        using var teacher = await school.SignInAsync("teacher1");

        var detail = await ReadAsync<LessonDetail>(await teacher.PostAsync("/api/lessons/lesson-1/cancel", null, Ct));

        Assert.Equal(LessonState.Cancelled, detail.Card.State);
        Assert.Equal("cancelled", await page.ClosedAsync());
    }

    [Theory]
    [InlineData("teacher1", LessonRole.Teacher, null, HttpStatusCode.OK)]
    [InlineData("admin", LessonRole.Teacher, null, HttpStatusCode.OK)]
    [InlineData("teacher2", LessonRole.Teacher, null, HttpStatusCode.Forbidden)]
    [InlineData("teacher2", LessonRole.Observer, null, HttpStatusCode.OK)]
    [InlineData("supervisor", LessonRole.Observer, null, HttpStatusCode.OK)]
    [InlineData("student1", LessonRole.Observer, null, HttpStatusCode.Forbidden)]
    [InlineData("student1", LessonRole.Student, null, HttpStatusCode.OK)]
    [InlineData("teacher2", LessonRole.Student, null, HttpStatusCode.Forbidden)]
    [InlineData("technician", LessonRole.Station, "room-1", HttpStatusCode.OK)]
    [InlineData("technician", LessonRole.Station, null, HttpStatusCode.BadRequest)]
    [InlineData("technician", LessonRole.Station, "room-9", HttpStatusCode.BadRequest)]
    [InlineData("student1", LessonRole.Station, "room-1", HttpStatusCode.Forbidden)]
    [InlineData("teacher1", LessonRole.Publisher, null, HttpStatusCode.Forbidden)]
    public async Task An_account_enters_a_lesson_in_the_roles_it_may_take(string userName, LessonRole role, string? classroomId, HttpStatusCode expected)
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = await school.SignInAsync(userName);
        using var reply = await browser.PostAsJsonAsync("/api/lessons/demo/token", new TokenRequest(role, classroomId), HubClient.Json, Ct);
        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task Today_shows_the_next_lesson_before_the_one_that_is_always_open()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        var today = await teacher.GetFromJsonAsync<TodayReply>("/api/today", HubClient.Json, Ct);
        Assert.Equal("lesson-1", today!.Next!.Id);
        Assert.Equal(2, today.Week.Length);
    }

    [Fact]
    public async Task A_film_that_was_sent_is_no_lesson_of_today()
    {
        await using var school = await TestSchool.OpenAsync();
        var at = school.Time.GetUtcNow().UtcDateTime;
        await using (var db = school.Database.Create())
        {
            var teacher = await db.Accounts.SingleAsync(account => account.UserName == "teacher1", Ct);
            var upload = new MediaUpload { Title = "clip", FileName = "clip.mp4", AccountId = teacher.Id, RecordedAt = at, State = UploadState.Done };
            db.MediaUploads.Add(upload);
            db.Lessons.Add(new Lesson { Id = upload.Id, Title = "clip", State = LessonState.Ended, PlannedStart = at, PlannedEnd = at.AddMinutes(1), TeacherAccountId = teacher.Id });
            await db.SaveChangesAsync(Ct);
        }

        using var browser = await school.SignInAsync("teacher1");
        var today = await browser.GetFromJsonAsync<TodayReply>("/api/today", HubClient.Json, Ct);
        Assert.DoesNotContain(today!.Week, card => card.Title == "clip");
    }

    [Fact]
    public async Task A_station_is_set_up_once_and_told_what_to_be_in()
    {
        await using var school = await TestSchool.OpenAsync();
        using var technician = await school.SignInAsync("technician");
        Assert.Equal(HttpStatusCode.Forbidden, (await technician.PostAsJsonAsync("/api/stations", new StationSetup("room-2", "一体机"), Ct)).StatusCode);
        var key = await ReadAsync<StationKey>(await technician.PostAsJsonAsync("/api/stations", new StationSetup("room-1", "一体机"), Ct));
        using var station = school.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await station.GetAsync("/api/stations/state", Ct)).StatusCode);
        station.DefaultRequestHeaders.Authorization = new("Bearer", key.DeviceToken);

        var before = await station.GetFromJsonAsync<StationState>("/api/stations/state", HubClient.Json, Ct);
        Assert.Equal(("lesson-1", null), (before!.Lesson!.Id, before.Ticket));
        await school.PassAsync(TimeSpan.Zero);
        var opened = await station.GetFromJsonAsync<StationState>("/api/stations/state", HubClient.Json, Ct);
        Assert.Equal(("lesson-1", LessonRole.Station), (opened!.Lesson!.Id, opened.Ticket!.Role));
        Assert.True(opened.Lesson!.Classrooms.Single(lamp => lamp.ClassroomId == "room-1").Online);

        var page = await school.ConnectAsync(opened.Ticket.Token);
        Assert.Equal("station-room-1", (await page.JoinAsync()).ParticipantId);
        school.Time.Advance(TimeSpan.FromSeconds(16));
        var card = await technician.GetFromJsonAsync<LessonCard[]>("/api/lessons", HubClient.Json, Ct);
        Assert.True(card!.Single(c => c.Id == "lesson-1").Classrooms.Single(lamp => lamp.ClassroomId == "room-1").Online);
        Assert.False(card!.Single(c => c.Id == "lesson-1").Classrooms.Single(lamp => lamp.ClassroomId == "room-2").Online);
    }

    [Fact]
    public async Task Of_two_running_lessons_a_station_stays_in_the_first_until_the_other_is_taught()
    {
        await using var school = await TestSchool.OpenAsync();
        using var teacher = await school.SignInAsync("teacher1");
        var key = await ReadAsync<StationKey>(await teacher.PostAsJsonAsync("/api/stations", new StationSetup("room-1", "一体机"), Ct));
        using var station = school.Browser();
        station.DefaultRequestHeaders.Authorization = new("Bearer", key.DeviceToken);
        var second = (await ReadAsync<LessonDetail>(await PostAsync(teacher, "/api/lessons", Plan(school)))).Card.Id;

        await school.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("lesson-1", await NowInAsync());
        await school.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("lesson-1", await NowInAsync());
        await school.JoinAsync(second, LessonRole.Teacher);
        await school.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(second, await NowInAsync());

        async Task<string> NowInAsync() => (await station.GetFromJsonAsync<StationState>("/api/stations/state", HubClient.Json, Ct))!.Ticket!.LessonId;
    }

    private static LessonPlan Plan(TestSchool school) => new(
        "小数的意义",
        "数学",
        "五年级",
        RoomKind.Synchronous,
        LessonCodec.H264,
        school.Time.UtcNow.AddMinutes(20),
        school.Time.UtcNow.AddMinutes(60),
        TeacherAccountId: null,
        PairId: null,
        ChapterNodeId: null,
        [new PlannedClassroom("room-1", true, "class-1")],
        AdmitsUnknownNames: true);

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, LessonPlan plan) => client.PostAsJsonAsync(path, plan, HubClient.Json, Ct);

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, LessonPlan plan) => client.PutAsJsonAsync(path, plan, HubClient.Json, Ct);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage reply)
    {
        using (reply)
        {
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            return (await reply.Content.ReadFromJsonAsync<T>(HubClient.Json, Ct))!;
        }
    }
}
