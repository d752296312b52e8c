using System.Net;
using System.Net.Http.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Tests.Live;

/// <summary>Who comes in, who waits, and who stays out.</summary>
public sealed class DoorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tablet_joins_by_PIN_and_a_name_on_the_roster_sits_in_its_classroom()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var tablet = await ByPinAsync(school, "111111", " 小明 ");

        await tablet.JoinAsync();

        Assert.Equal((LessonRole.Student, "小明", "room-1"), (tablet.Reply.Role, tablet.Reply.Name, tablet.Reply.ClassroomId));
        var join = await teacher.SeesAsync("join", body => body.GetProperty("name").GetString() == "小明");
        Assert.Equal("星海", join.Body.GetProperty("schoolShortName").GetString());
        Assert.Contains($"join {tablet.Id} room-1", school.Media.Calls);
        Assert.Null(tablet.Reply.Lesson.Pin);
    }

    [Fact]
    public async Task A_child_without_consent_is_told_to_the_staff_and_the_child_alone_and_kept_by_nobody()
    {
        await using var school = await TestSchool.OpenAsync();
        using var admin = await school.SignInAsync("admin");
        using var set = await admin.PutAsJsonAsync("/api/admin/classes/class-1/roster/pupil-1", new PupilConsent(true), HubClient.Json, Ct);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        var teacher = await school.OpenLessonAsync();
        var classmate = await ByPinAsync(school, "111111", "小红");
        await classmate.JoinAsync();
        var tablet = await ByPinAsync(school, "111111", "小明");

        await tablet.JoinAsync();

        Assert.True(tablet.Reply.IsNotRecorded);
        Assert.False(classmate.Reply.IsNotRecorded);
        await teacher.SeesAsync("unrecorded", body => body.GetProperty("participantId").GetString() == tablet.Id);
        await classmate.SeesAsync("join", body => body.GetProperty("name").GetString() == "小明");
        Assert.Equal([tablet.Id], school.Media.NotRecorded);

        var late = await ByPinAsync(school, "111111", "小刚");
        await late.JoinAsync();
        Assert.DoesNotContain(late.Reply.Events, e => e.Kind == "unrecorded");
    }

    [Fact]
    public async Task A_wrong_PIN_is_refused_and_guessing_is_stopped()
    {
        await using var school = await TestSchool.OpenAsync();
        using var browser = school.Browser();
        Assert.Equal("园区星海小学", (await browser.GetFromJsonAsync<LobbyInfo>("/api/join/111111", HubClient.Json, Ct))!.Schools[0]);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/join/999999", Ct)).StatusCode);
        for (var i = 0; i < 60; i++)
        {
            await browser.GetAsync($"/api/join/9{i:D5}", Ct);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.GetAsync("/api/join/111111", Ct)).StatusCode);
    }

    [Fact]
    public async Task Who_was_removed_cannot_come_back_by_any_way()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var tablet = await ByPinAsync(school, "111111", "小明");
        await tablet.JoinAsync();

        await teacher.DoAsync("Remove", tablet.Id);

        Assert.Equal("removed", await tablet.ClosedAsync());
        Assert.Contains($"leave {tablet.Id}", school.Media.Calls);
        var again = await school.ConnectAsync(tablet.Token);
        Assert.Equal("removed", (await Assert.ThrowsAsync<HubRefusal>(() => again.JoinAsync(tablet.Reply.ResumeToken, 1))).Message);
        Assert.Equal("removed", (await Assert.ThrowsAsync<HubRefusal>(() => again.JoinAsync())).Message);
        var anew = await ByPinAsync(school, "111111", "小明");
        Assert.Equal("removed", (await Assert.ThrowsAsync<HubRefusal>(() => anew.JoinAsync())).Message);

        await school.RestartAsync();
        var afterRestart = await ByPinAsync(school, "111111", "小明");
        Assert.Equal("removed", (await Assert.ThrowsAsync<HubRefusal>(() => afterRestart.JoinAsync())).Message);
    }

    [Fact]
    public async Task A_locked_door_keeps_new_students_out_and_lets_old_ones_back_in()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var inside = await ByPinAsync(school, "111111", "小明");
        await inside.JoinAsync();
        await teacher.DoAsync("LockDoor", true);

        var late = await ByPinAsync(school, "111111", "小刚");
        Assert.Equal("door_locked", (await Assert.ThrowsAsync<HubRefusal>(() => late.JoinAsync())).Message);
        await inside.DisposeAsync();
        await school.PassAsync(TimeSpan.FromMinutes(5));
        var back = await school.ConnectAsync(inside.Token);
        await back.JoinAsync(inside.Reply.ResumeToken);
        Assert.Equal(inside.Id, back.Id);
        Assert.Equal(LessonRole.Station, (await school.JoinAsync("lesson-1", LessonRole.Station)).Reply.Role);

        await teacher.DoAsync("LockDoor", false);
        Assert.False((await late.JoinAsync()).Waiting);
    }

    [Fact]
    public async Task An_unknown_name_waits_until_the_teacher_admits_it()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("AdmitUnknownNames", false);
        var known = await ByPinAsync(school, "111111", "小明");
        Assert.False((await known.JoinAsync()).Waiting);

        var stranger = await ByPinAsync(school, "111111", "路人");
        var reply = await stranger.JoinAsync();
        Assert.True(reply.Waiting);
        Assert.Empty(reply.Events);
        Assert.Equal("waiting", await stranger.RefusalOfAsync("Chat", "你好"));
        var knock = await teacher.SeesAsync("knock");
        Assert.Equal("路人", knock.Body.GetProperty("name").GetString());

        await teacher.DoAsync("Admit", stranger.Id, true);
        await stranger.SeesAsync("join", body => body.GetProperty("participantId").GetString() == stranger.Id);
        Assert.True(stranger.Events.Find(e => e.Kind == "admit")!.Body.GetProperty("admit").GetBoolean());
        Assert.DoesNotContain(stranger.Events, e => e.Kind is "knock" or "unknownNames");
        await stranger.DoAsync("Chat", "你好");
    }

    [Fact]
    public async Task A_refused_knock_ends_with_nothing_seen_of_the_lesson()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("AdmitUnknownNames", false);
        var stranger = await ByPinAsync(school, "111111", "路人");
        await stranger.JoinAsync();

        await teacher.DoAsync("Admit", stranger.Id, false);

        await stranger.SeesAsync("admit");
        Assert.Equal("not_admitted", await stranger.ClosedAsync());
        Assert.Equal(["admit"], stranger.Events.Select(e => e.Kind));
    }

    [Fact]
    public async Task An_expired_PIN_no_longer_leads_in_and_a_new_one_does()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();

        await teacher.DoAsync("ExpirePin", true);

        var pin = (await teacher.SeesAsync("pin")).Body.GetProperty("pin").GetString()!;
        using var browser = school.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/join/111111", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/api/join/{pin}", Ct)).StatusCode);
        await teacher.DoAsync("ExpirePin", false);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/api/join/{pin}", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_full_lesson_takes_nobody_more()
    {
        await using var school = await TestSchool.OpenAsync(configure: options => options.LessonCapacity = 2);
        await school.OpenLessonAsync();
        await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var third = await school.ConnectAsync(school.Token("lesson-1", LessonRole.Student, "小刚"));
        Assert.Equal("room_full", (await Assert.ThrowsAsync<HubRefusal>(() => third.JoinAsync())).Message);
    }

    [Fact]
    public async Task A_wrong_token_does_not_even_connect()
    {
        await using var school = await TestSchool.OpenAsync();
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => school.ConnectAsync("wrong"));
        var other = await school.ConnectAsync(school.Token("no-such-lesson", LessonRole.Teacher));
        Assert.Equal("lesson_not_found", (await Assert.ThrowsAsync<HubRefusal>(() => other.JoinAsync())).Message);
        var early = await school.ConnectAsync(school.Token("lesson-1", LessonRole.Teacher));
        Assert.Equal("not_open", (await Assert.ThrowsAsync<HubRefusal>(() => early.JoinAsync())).Message);
    }

    private static async Task<Page> ByPinAsync(TestSchool school, string pin, string name)
    {
        using var browser = school.Browser();
        using var reply = await browser.PostAsJsonAsync("/api/join", new JoinByPin(pin, name), Ct);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var ticket = await reply.Content.ReadFromJsonAsync<JoinTicket>(HubClient.Json, Ct);
        return await school.ConnectAsync(ticket!.Token);
    }
}
