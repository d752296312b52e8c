using System.Net;
using System.Net.Http.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Lessons;

/// <summary>Who knows the PIN chooses a seat.</summary>
public sealed class SeatListTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_PIN_opens_the_seats_of_the_lessons_classes_and_no_other()
    {
        await using var school = await TestSchool.OpenAsync();
        await AddFarClassAsync(school);
        await school.OpenLessonAsync();
        using var browser = school.Browser();

        var seats = (await browser.GetFromJsonAsync<SeatList>("/api/join/111111/seats", HubClient.Json, Ct))!;

        Assert.Equal(["五年级1班"], seats.Classes.Select(sitting => sitting.ClassName));
        Assert.Equal(("小明", false), (seats.Classes[0].Pupils[0].Name, seats.Classes[0].Pupils[0].IsHere));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/join/999999/seats", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_seat_gives_its_name_and_classroom_and_is_marked_as_taken()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        using var browser = school.Browser();
        using var reply = await browser.PostAsJsonAsync("/api/join", new JoinByPin("111111", "别的名字", "pupil-1"), Ct);
        var ticket = await reply.Content.ReadFromJsonAsync<JoinTicket>(HubClient.Json, Ct);

        var tablet = await school.ConnectAsync(ticket!.Token);
        await tablet.JoinAsync();

        Assert.Equal(("小明", "room-1"), (tablet.Reply.Name, tablet.Reply.ClassroomId));
        var seats = (await browser.GetFromJsonAsync<SeatList>("/api/join/111111/seats", HubClient.Json, Ct))!;
        Assert.True(seats.Classes[0].Pupils[0].IsHere);
    }

    [Fact]
    public async Task Of_two_children_of_one_name_each_sits_in_the_own_classroom()
    {
        await using var school = await TestSchool.OpenAsync();
        await AddFarClassAsync(school, sitsInLesson: true);
        await school.OpenLessonAsync();
        using var browser = school.Browser();
        using var reply = await browser.PostAsJsonAsync("/api/join", new JoinByPin("111111", "", "pupil-far"), Ct);
        var ticket = await reply.Content.ReadFromJsonAsync<JoinTicket>(HubClient.Json, Ct);

        var tablet = await school.ConnectAsync(ticket!.Token);
        await tablet.JoinAsync();

        Assert.Equal(("小明", "room-2"), (tablet.Reply.Name, tablet.Reply.ClassroomId));
    }

    private static async Task AddFarClassAsync(TestSchool school, bool sitsInLesson = false)
    {
        await using var db = school.Database.Create();
        db.Add(new SchoolClass { Id = "class-far", SchoolId = "school-2", Name = "五年级2班" });
        await db.SaveChangesAsync(Ct);
        db.Add(new Pupil { Id = "pupil-far", SchoolClassId = "class-far", Number = "7", Name = "小明" });
        if (sitsInLesson)
        {
            (await db.LessonClassrooms.FindAsync(["lesson-1", "room-2"], Ct))!.SchoolClassId = "class-far";
        }

        await db.SaveChangesAsync(Ct);
    }
}
