using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Stations;

/// <summary>A seat has one sender: what an appliance sends is not asked of the classroom's station.</summary>
public sealed class StationSeatTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_appliances_seat_is_not_the_stations_any_more_until_its_address_is_taken_away()
    {
        await using var school = await TestSchool.OpenAsync();
        using var technician = await school.SignInAsync("technician");
        using var station = school.Browser();
        var key = await SetUpAsync(technician);
        station.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.DeviceToken);
        Assert.Equal(["TeacherCloseUp", "StudentPanorama", "Courseware"], key.Seats);

        await SaveAsync(technician, new ClassroomSourceInput("StudentPanorama", "rtsp://127.0.0.1:9/live"));
        Assert.Equal(["TeacherCloseUp", "Courseware"], await SeatsAsync(station));
        Assert.Equal(["TeacherCloseUp", "Courseware"], (await SetUpAsync(technician)).Seats);
        var row = (await technician.GetFromJsonAsync<ClassroomRow[]>("/api/classrooms", HubClient.Json, Ct))!.Single(room => room.Id == "room-1");
        Assert.Equal(["StudentPanorama"], row.ApplianceSeats!);
        Assert.Equal(3, row.Seats.Length);

        await SaveAsync(technician);
        Assert.Equal(["TeacherCloseUp", "StudentPanorama", "Courseware"], await SeatsAsync(station));
    }

    private static async Task<StationKey> SetUpAsync(HttpClient technician)
    {
        var reply = await technician.PostAsJsonAsync("/api/stations", new StationSetup("room-1", "大屏"), HubClient.Json, Ct);
        return (await reply.Content.ReadFromJsonAsync<StationKey>(HubClient.Json, Ct))!;
    }

    private static async Task SaveAsync(HttpClient technician, params ClassroomSourceInput[] sources) => Assert.Equal(
        HttpStatusCode.OK, (await technician.PutAsJsonAsync("/api/admin/classrooms/room-1/sources", new ClassroomSourcesSave(sources), HubClient.Json, Ct)).StatusCode);

    private static async Task<string[]> SeatsAsync(HttpClient station) =>
        (await station.GetFromJsonAsync<StationState>("/api/stations/state", HubClient.Json, Ct))!.Seats;
}
