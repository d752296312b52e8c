using System.Text.Json;
using Classroom.MediaServer;
using Classroom.MediaServer.Bandwidth;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live.Picture;

/// <summary>What lines do not carry is told, and tablets show video only where their room's line takes it.</summary>
public sealed class WeakLineTests
{
    private static readonly PublishRequest TwoSeats = new("v=0\r\n", new() { ["0"] = "TeacherCloseUp", ["1"] = "StudentPanorama" });

    [Fact]
    public async Task The_staff_is_told_which_school_gets_less_and_why_and_when_it_is_well_again()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var host = await school.JoinAsync("lesson-1", LessonRole.Station, "星海", "room-1");
        var far = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");
        await host.Hub.CallAsync("Publish", TwoSeats);
        var close = (await PublicationAsync(teacher, "TeacherCloseUp"))!;
        var wide = (await PublicationAsync(teacher, "StudentPanorama"))!;
        school.Media.Statistics = new("lesson-1", [], []) { Subscriptions = [new(far.Id, wide, -1, 0, 0, 0, 0, LimitReason.OwnLine)] };

        school.Media.Limit("lesson-1", far.Id, new() { [close] = LimitReason.OwnLine, [wide] = LimitReason.OwnLine });
        await school.PassAsync(TimeSpan.FromSeconds(4));
        await school.PassAsync(TimeSpan.FromSeconds(4));

        var line = (await teacher.SeesAsync("line", body => body.GetProperty("off").GetArrayLength() > 0)).Body;
        Assert.Equal(("room-2", "OwnLine", false), (line.GetProperty("classroomId").GetString(), line.GetProperty("reason").GetString(), line.GetProperty("isUp").GetBoolean()));
        Assert.Equal("TeacherCloseUp", line.GetProperty("smaller")[0].GetString());
        Assert.Equal("StudentPanorama", line.GetProperty("off")[0].GetString());

        school.Media.Limit("lesson-1", far.Id, []);
        await school.PassAsync(TimeSpan.FromSeconds(4));
        await teacher.SeesAsync("line", body => body.GetProperty("reason").GetString() is null);
        Assert.DoesNotContain(far.Events, e => e.Kind == "line");
    }

    [Fact]
    public async Task A_school_that_cannot_send_all_is_named_by_what_the_others_miss()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var host = await school.JoinAsync("lesson-1", LessonRole.Station, "星海", "room-1");
        await host.Hub.CallAsync("Publish", TwoSeats);
        var close = (await PublicationAsync(teacher, "TeacherCloseUp"))!;

        school.Media.Limit("lesson-1", teacher.Id, new() { [close] = LimitReason.SenderLine });
        await school.PassAsync(TimeSpan.FromSeconds(4));

        var line = (await teacher.SeesAsync("line")).Body;
        Assert.Equal(("room-1", true, false), Sender(line));

        school.Media.Limit("lesson-1", teacher.Id, new() { [close] = LimitReason.SenderDevice });
        await school.PassAsync(TimeSpan.FromSeconds(4));
        line = (await teacher.SeesAsync("line", body => body.GetProperty("isOverloaded").GetBoolean())).Body;
        Assert.Equal(("room-1", true, true), Sender(line));

        static (string?, bool, bool) Sender(JsonElement line) =>
            (line.GetProperty("classroomId").GetString(), line.GetProperty("isUp").GetBoolean(), line.GetProperty("isOverloaded").GetBoolean());
    }

    [Fact]
    public async Task A_page_whose_device_is_too_slow_says_so_once_and_again_when_it_is_not()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        var host = await school.JoinAsync("lesson-1", LessonRole.Station, "星海", "room-1");
        await host.Hub.CallAsync("Publish", TwoSeats);
        foreach (var (before, now) in new[] { (false, true), (true, true), (true, false), (false, false) })
        {
            school.Media.Statistics = new("lesson-1", [], [new(host.Id, TransportState.Connected, TransportState.New, 0, 0, 0, null, 5) { IsOverloaded = before }]);
            await host.Hub.CallAsync("ReportLink", new LinkReport(0, 0, 0, 0, now));
        }

        Assert.Equal([$"overloaded {host.Id} True", $"overloaded {host.Id} False"], school.Media.Calls.Where(call => call.StartsWith("overloaded", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_ceiling_of_a_schools_line_reaches_the_media()
    {
        await using var school = await TestSchool.OpenAsync();
        await using (var db = school.Database.Create())
        {
            (await db.Schools.FindAsync(["school-2"], TestContext.Current.CancellationToken))!.LineKbps = 3_000;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var teacher = await school.OpenLessonAsync();
        await teacher.Hub.CallAsync("Publish", new PublishRequest("v=0\r\n", new() { ["0"] = "camera" }));
        await teacher.SeesAsync("publish");
        Assert.Equal([new("school-2", 3_000_000)], school.Media.Plans["lesson-1"].SchoolCeilings);
    }

    [Fact]
    public async Task Tablets_of_a_room_with_too_many_of_them_take_no_video()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.Hub.CallAsync("Publish", new PublishRequest("v=0\r\n", new() { ["0"] = "camera" }));
        var picture = await PublicationAsync(teacher, "camera");
        var lone = await school.JoinAsync("lesson-1", LessonRole.Student, "小红");
        var tablet = await school.JoinAsync("lesson-1", LessonRole.Student, "同学0", "room-2");
        await tablet.Hub.CallAsync("Subscribe", (object)new[] { picture });
        Assert.NotEmpty((await tablet.Hub.NextAsync("SubscribeOffer"))[2].EnumerateObject());

        for (var i = 1; i < 23; i++)
        {
            await school.JoinAsync("lesson-1", LessonRole.Student, $"同学{i}", "room-2");
        }

        await school.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("room-2", (await tablet.SeesAsync("budget")).Body.GetProperty("closed")[0].GetString());
        await tablet.Hub.CallAsync("Subscribe", (object)new[] { picture });
        Assert.Empty((await tablet.Hub.NextAsync("SubscribeOffer"))[2].EnumerateObject());
        await lone.Hub.CallAsync("Subscribe", (object)new[] { picture });
        Assert.NotEmpty((await lone.Hub.NextAsync("SubscribeOffer"))[2].EnumerateObject());
    }

    private static async Task<string?> PublicationAsync(Page page, string group) =>
        (await page.SeesAsync("publish", body => body.GetProperty("group").GetString() == group)).Body.GetProperty("publicationId").GetString();
}
