using System.Net;
using System.Net.Http.Json;
using System.Text;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Schools;

public sealed class ManagementTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task An_administrator_builds_up_a_school_and_takes_it_down_again(TestProvider provider)
    {
        await using var school = await TestSchool.OpenAsync(provider);
        using var admin = await school.SignInAsync("admin");
        var region = await CreateAsync(admin, "regions", new RegionRow("", "新区教育局"));
        var made = await CreateAsync(admin, "schools", new SchoolRow("", region.Id, "新区小学", "新区"));
        var room = await CreateAsync(admin, "classrooms", new ClassroomRow("", made.Id, "", "录播教室", ["Board", "Courseware"]));
        var schoolClass = await CreateAsync(admin, "classes", new ClassRow("", made.Id, "一年级1班", 0));
        var pair = await CreateAsync(admin, "pairs", new PairRow("", "园区–新区", ["school-1", made.Id]));

        using var edited = await admin.PutAsJsonAsync($"/api/admin/pairs/{pair.Id}", pair with { SchoolIds = ["school-1", "school-2"] }, Ct);
        Assert.Equal(["school-1", "school-2"], (await edited.Content.ReadFromJsonAsync<PairRow>(HubClient.Json, Ct))!.SchoolIds.Order());
        Assert.Equal(["Board", "Courseware"], room.Seats);

        Assert.Equal("in_use", await CodeAsync(admin.DeleteAsync($"/api/admin/schools/{made.Id}", Ct)));
        foreach (var path in new[] { $"classrooms/{room.Id}", $"classes/{schoolClass.Id}", $"schools/{made.Id}", $"regions/{region.Id}", $"pairs/{pair.Id}" })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/admin/{path}", Ct)).StatusCode);
        }
    }

    [Fact]
    public async Task What_lessons_use_is_not_deleted()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        Assert.Equal("in_use", await CodeAsync(admin.DeleteAsync("/api/admin/classrooms/room-1", Ct)));
        Assert.Equal("in_use", await CodeAsync(admin.DeleteAsync("/api/admin/classes/class-1", Ct)));
        Assert.Equal("in_use", await CodeAsync(admin.DeleteAsync("/api/admin/accounts/account-teacher1", Ct)));
        Assert.Equal("own_account", await CodeAsync(admin.DeleteAsync("/api/admin/accounts/account-admin", Ct)));
        Assert.Equal("not_found", await CodeAsync(admin.DeleteAsync("/api/admin/classes/none", Ct)));
    }

    [Fact]
    public async Task Management_is_for_administrators_and_classrooms_also_for_the_schools_technician()
    {
        await using var school = await TestSchool.OpenAsync();
        using var technician = await school.SignInAsync("technician");
        using var teacher = await school.SignInAsync("teacher1");
        foreach (var path in new[] { "regions", "schools", "pairs", "classes", "accounts" })
        {
            Assert.Equal("not_allowed", await CodeAsync(technician.GetAsync($"/api/admin/{path}", Ct)));
        }

        Assert.Equal("not_allowed", await CodeAsync(teacher.GetAsync("/api/admin/classrooms", Ct)));
        var own = new ClassroomRow("", "school-1", "", "录播教室3", ["Board"]);
        Assert.Equal(HttpStatusCode.Created, (await technician.PostAsJsonAsync("/api/admin/classrooms", own, Ct)).StatusCode);
        Assert.Equal("not_allowed", await CodeAsync(technician.PostAsJsonAsync("/api/admin/classrooms", own with { SchoolId = "school-2" }, Ct)));
        Assert.Equal("bad_seats", await CodeAsync(technician.PostAsJsonAsync("/api/admin/classrooms", own with { Seats = ["Ceiling"] }, Ct)));
        Assert.Equal(HttpStatusCode.OK, (await teacher.GetAsync("/api/classrooms", Ct)).StatusCode);
    }

    [Fact]
    public async Task An_account_is_made_with_a_password_that_must_be_changed_and_keeps_no_old_rights()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        var edit = new AccountEdit("Wang", "王老师", AccountRole.Teacher, "school-1", null, "数学", false, "first-words");
        var made = await CreateAsync(admin, "accounts", edit, new AccountRow("", "", "", default, null, null, null, false));
        using var wang = await school.SignInAsync("wang", "first-words");
        Assert.True((await wang.GetFromJsonAsync<Me>("/api/me", HubClient.Json, Ct))!.MustChangePassword);

        Assert.Equal("bad_account", await CodeAsync(admin.PostAsJsonAsync("/api/admin/accounts", edit, HubClient.Json, Ct)));
        using var changed = await admin.PutAsJsonAsync($"/api/admin/accounts/{made.Id}", edit with { Role = AccountRole.Editor, Password = null }, HubClient.Json, Ct);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await wang.GetAsync("/api/me", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_roster_import_names_every_problem_by_line_and_changes_nothing_then()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        const string path = "/api/admin/classes/class-1/roster";

        var report = await ImportAsync(admin, path, "number,name\n1,小明\n,小红\n3,\n1,小刚\n");
        Assert.False(report.Applied);
        Assert.Equal([3, 4, 5], report.Problems.Select(problem => problem.Line));
        Assert.Equal(1, (await ImportAsync(admin, path, "学号\n1\n")).Problems.Single().Line);
        Assert.NotEmpty((await ImportAsync(admin, path, "")).Problems);
        Assert.Single((await admin.GetFromJsonAsync<PupilRow[]>(path, HubClient.Json, Ct))!);
    }

    [Fact]
    public async Task A_roster_import_adds_changes_and_removes_after_a_dry_run()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        const string path = "/api/admin/classes/class-1/roster";
        const string file = "学号,姓名\r\n2,\"李, 小红\"\r\n10,小刚\r\n";

        var dry = await ImportAsync(admin, path + "?dryRun=true", file);
        Assert.Equal((false, 2, 0, 1), (dry.Applied, dry.Added, dry.Changed, dry.Removed));
        var wet = await ImportAsync(admin, path, file);
        Assert.True(wet.Applied);
        var pupils = await admin.GetFromJsonAsync<PupilRow[]>(path, HubClient.Json, Ct);
        Assert.Equal([("2", "李, 小红"), ("10", "小刚")], pupils!.Select(pupil => (pupil.Number, pupil.Name)));
    }

    [Fact]
    public async Task A_roster_says_who_may_not_be_recorded_and_a_file_that_does_not_say_leaves_it()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        const string path = "/api/admin/classes/class-1/roster";

        Assert.True((await ImportAsync(admin, path, "number,name,recorded\n1,小明,No\n2,小红,\n3,小刚,是\n")).Applied);
        Assert.Equal([true, false, false], (await admin.GetFromJsonAsync<PupilRow[]>(path, HubClient.Json, Ct))!.Select(pupil => pupil.MayNotBeRecorded));
        Assert.Equal(0, (await ImportAsync(admin, path, "学号,姓名\n1,小明\n2,小红\n3,小刚\n")).Changed);
        Assert.Equal(1, (await ImportAsync(admin, path, "学号,姓名,录像\n1,小明,是\n2,小红,\n3,小刚,\n")).Changed);
        Assert.Equal("bad_recorded", Assert.Single((await ImportAsync(admin, path, "number,name,recorded\n1,小明,maybe\n")).Problems).Code);
    }

    [Fact]
    public async Task A_file_of_a_Chinese_spreadsheet_is_read_in_its_encoding()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("学号,姓名\r\n1,张三\r\n");
        using var reply = await admin.PostAsync("/api/admin/classes/class-1/roster", new ByteArrayContent(bytes), Ct);
        Assert.Equal(1, (await reply.Content.ReadFromJsonAsync<ImportReport>(HubClient.Json, Ct))!.Changed);
    }

    [Fact]
    public async Task Accounts_are_imported_with_every_problem_named()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        const string header = "userName,displayName,role,school,subject,password\n";

        var bad = await ImportAsync(admin, "/api/admin/accounts/import", header + "x,,Wizard,无此校,,short\n");
        Assert.Equal(5, bad.Problems.Length);
        var good = await ImportAsync(admin, "/api/admin/accounts/import", header + "chen,陈老师,教师,星海,数学,first-words\nteacher1,张老师,Teacher,园区星海小学,语文,\n");
        Assert.Equal((true, 1, 1), (good.Applied, good.Added, good.Changed));
        using var chen = await school.SignInAsync("chen", "first-words");
        using var teacher = await school.SignInAsync("teacher1");
    }

    private static Task<T> CreateAsync<T>(HttpClient client, string what, T row) => CreateAsync(client, what, row, row);

    private static async Task<TRow> CreateAsync<TBody, TRow>(HttpClient client, string what, TBody body, TRow shape)
    {
        _ = shape;
        using var reply = await client.PostAsJsonAsync($"/api/admin/{what}", body, HubClient.Json, Ct);
        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        return (await reply.Content.ReadFromJsonAsync<TRow>(HubClient.Json, Ct))!;
    }

    private static async Task<string> CodeAsync(Task<HttpResponseMessage> call)
    {
        using var reply = await call;
        Assert.False(reply.IsSuccessStatusCode);
        return (await reply.Content.ReadFromJsonAsync<ApiError>(HubClient.Json, Ct))!.Code;
    }

    private static async Task<ImportReport> ImportAsync(HttpClient client, string path, string text)
    {
        using var reply = await client.PostAsync(path, new StringContent(text, Encoding.UTF8, "text/csv"), Ct);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (await reply.Content.ReadFromJsonAsync<ImportReport>(HubClient.Json, Ct))!;
    }
}
