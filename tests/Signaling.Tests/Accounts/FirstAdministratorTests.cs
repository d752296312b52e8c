using System.Net;
using System.Net.Http.Json;
using Classroom.Signaling.Accounts;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Accounts;

public sealed class FirstAdministratorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_in_the_log_makes_the_first_administrator_once()
    {
        await using var school = await TestSchool.OpenAsync(isEmpty: true);
        using var browser = school.Browser();
        Assert.True((await browser.GetFromJsonAsync<SetupState>("/api/setup", HubClient.Json, Ct))!.Needed);
        var token = school.Get<FirstAdministrator>().Token!;

        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(browser, "guessed", "head"));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(browser, token, "head"));
        Assert.Equal(HttpStatusCode.Conflict, await TryAsync(browser, token, "second"));

        Assert.False((await browser.GetFromJsonAsync<SetupState>("/api/setup", HubClient.Json, Ct))!.Needed);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/admin/accounts", Ct)).StatusCode);
    }

    [Fact]
    public async Task Nobody_can_set_up_what_has_an_administrator()
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = school.Browser();
        Assert.Null(school.Get<FirstAdministrator>().Token);
        Assert.Equal(HttpStatusCode.Conflict, await TryAsync(browser, "", "head"));
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient browser, string token, string userName)
    {
        using var reply = await browser.PostAsJsonAsync("/api/setup", new SetupRequest(token, userName, "校长", "long-enough"), Ct);
        return reply.StatusCode;
    }
}
