using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Stations;

public sealed class SelfTestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly StationSelfTest Good = new([new("TeacherCloseUp", "ok"), new("StudentPanorama", "still")], "ok", new(12_000, 6_000, 18, 0));

    [Fact]
    public async Task A_self_test_shows_on_todays_card_and_in_the_list_of_classrooms()
    {
        await using var school = await TestSchool.OpenAsync();
        var station = await StationAsync(school);

        Assert.Equal(HttpStatusCode.NoContent, (await station.PostAsJsonAsync("/api/stations/self-test", Good, HubClient.Json, Ct)).StatusCode);

        var teacher = await school.SignInAsync("teacher1");
        var today = (await teacher.GetFromJsonAsync<TodayReply>("/api/today", HubClient.Json, Ct))!;
        var lamp = today.Next!.Classrooms.Single(room => room.ClassroomId == "room-1");
        Assert.Equal(school.Time.UtcNow, lamp.SelfTest!.At);
        Assert.Equal("still", lamp.SelfTest.Test.Seats[1].Result);
        Assert.Null(today.Next.Classrooms.Single(room => room.ClassroomId == "room-2").SelfTest);
        var rows = (await teacher.GetFromJsonAsync<ClassroomRow[]>("/api/classrooms", HubClient.Json, Ct))!;
        Assert.Equal(12_000, rows.Single(row => row.Id == "room-1").SelfTest!.Test.Link!.DownKbps);
    }

    [Theory]
    [InlineData("""{"seats":[{"seat":"Nowhere","result":"ok"}],"microphone":"ok","link":null}""")]
    [InlineData("""{"seats":[{"seat":"Board","result":"perhaps"}],"microphone":"ok","link":null}""")]
    [InlineData("""{"seats":[null],"microphone":"ok","link":null}""")]
    [InlineData("""{"seats":[],"microphone":"loud","link":null}""")]
    [InlineData("""{"seats":[],"microphone":"ok","link":{"downKbps":-1,"upKbps":0,"delayMs":0,"lossPercent":null}}""")]
    [InlineData("""{"microphone":"ok"}""")]
    public async Task What_is_no_self_test_is_refused(string body)
    {
        await using var school = await TestSchool.OpenAsync();
        var station = await StationAsync(school);
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, (await station.PostAsync("/api/stations/self-test", content, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_stranger_tests_nothing()
    {
        await using var school = await TestSchool.OpenAsync();
        using var stranger = school.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsJsonAsync("/api/stations/self-test", Good, HubClient.Json, Ct)).StatusCode);
    }

    private static async Task<HttpClient> StationAsync(TestSchool school)
    {
        using var teacher = await school.SignInAsync("teacher1");
        var reply = await teacher.PostAsJsonAsync("/api/stations", new StationSetup("room-1", "大屏"), HubClient.Json, Ct);
        var key = (await reply.Content.ReadFromJsonAsync<StationKey>(HubClient.Json, Ct))!;
        var station = school.Browser();
        station.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.DeviceToken);
        return station;
    }
}
