using System.Net;
using System.Net.Http.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Tests.Accounts;

public sealed class SignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task One_signs_in_is_known_and_signs_out(TestProvider provider)
    {
        await using var school = await TestSchool.OpenAsync(provider);
        using var browser = await school.SignInAsync(" Teacher1 ");

        var me = await browser.GetFromJsonAsync<Me>("/api/me", HubClient.Json, Ct);
        Assert.Equal(("张老师", AccountRole.Teacher, "园区星海小学"), (me!.DisplayName, me.Role, me.SchoolName));

        await browser.PostAsync("/api/sign-out", content: null, Ct);
        using var after = await browser.GetAsync("/api/me", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal("not_signed_in", (await after.Content.ReadFromJsonAsync<ApiError>(HubClient.Json, Ct))!.Code);
    }

    [Fact]
    public async Task Wrong_passwords_lock_one_account_for_a_while_and_nobody_else()
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = school.Browser();
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, "teacher1", "wrong"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(browser, "teacher1", TestSchool.Password));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(browser, "teacher2", TestSchool.Password));
        school.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(browser, "teacher1", TestSchool.Password));
    }

    [Fact]
    public async Task A_whole_class_behind_one_address_is_never_counted_for_signing_in_rightly()
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = school.Browser();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await TryAsync(browser, "student1", TestSchool.Password));
        }
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_once()
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = await school.SignInAsync("teacher1");
        await using (var db = school.Database.Create())
        {
            await db.Accounts.Where(a => a.UserName == "teacher1").ExecuteUpdateAsync(set => set.SetProperty(a => a.IsDisabled, true), Ct);
        }

        using var reply = await browser.GetAsync("/api/me", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(school.Browser(), "teacher1", TestSchool.Password));
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var school = await TestSchool.OpenAsync();
        using var here = await school.SignInAsync("teacher1");
        using var elsewhere = await school.SignInAsync("teacher1");

        using var refused = await here.PostAsJsonAsync("/api/me/password", new PasswordChange("wrong", "new-password"), Ct);
        using var changed = await here.PostAsJsonAsync("/api/me/password", new PasswordChange(TestSchool.Password, "new-password"), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/api/me", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.GetAsync("/api/me", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(elsewhere, "teacher1", "new-password"));
    }

    [Fact]
    public async Task Who_must_change_the_password_can_do_nothing_else_first()
    {
        await using var school = await TestSchool.OpenAsync();
        await using (var db = school.Database.Create())
        {
            await db.Accounts.Where(a => a.UserName == "teacher1").ExecuteUpdateAsync(set => set.SetProperty(a => a.MustChangePassword, true), Ct);
        }

        using var browser = await school.SignInAsync("teacher1");
        using var refused = await browser.GetAsync("/api/today", Ct);
        Assert.Equal("must_change_password", (await refused.Content.ReadFromJsonAsync<ApiError>(HubClient.Json, Ct))!.Code);

        await browser.PostAsJsonAsync("/api/me/password", new PasswordChange(TestSchool.Password, "my-own-words"), Ct);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/today", Ct)).StatusCode);
    }

    [Theory, InlineData("/api/today"), InlineData("/api/lessons"), InlineData("/api/schools"), InlineData("/api/admin/accounts"), InlineData("/api/lessons/demo/join-code")]
    public async Task Nothing_is_served_to_strangers(string path)
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = school.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(path, Ct)).StatusCode);
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient browser, string userName, string password)
    {
        using var reply = await browser.PostAsJsonAsync("/api/sign-in", new SignInRequest(userName, password));
        return reply.StatusCode;
    }
}
