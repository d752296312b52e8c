using System.Text.Json;
using Classroom.MediaServer.Bandwidth;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live.Picture;

/// <summary>Which seat everyone sees where.</summary>
public sealed class ArrangementTests
{
    private static readonly PublishRequest TwoSeats = new("v=0\r\n", new() { ["0"] = "TeacherCloseUp", ["1"] = "StudentPanorama" });

    [Fact]
    public async Task A_layout_with_its_seats_is_told_and_its_pictures_matter_as_much_as_the_stage()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var station = await StationAsync(school, teacher, "room-2");
        var (close, wide) = (new StageTarget(station.Id, "TeacherCloseUp"), new StageTarget(station.Id, "StudentPanorama"));

        await teacher.DoAsync("Arrange", new PictureArrangement(LessonLayout.SideBySide, close, [wide]));

        var layout = (await station.SeesAsync("layout")).Body;
        Assert.Equal("SideBySide", layout.GetProperty("layout").GetString());
        Assert.Equal("StudentPanorama", layout.GetProperty("beside")[0].GetProperty("group").GetString());
        Assert.Equal("TeacherCloseUp", (await station.SeesAsync("stage")).Body.GetProperty("group").GetString());
        var classes = school.Media.Plans["lesson-1"].Classes;
        Assert.All(school.Media.Publications, publication => Assert.Equal(StreamClass.CloseUp, classes[publication.Id]));
    }

    [Fact]
    public async Task An_arrangement_that_is_sent_twice_is_applied_once()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var arrangement = new PictureArrangement(LessonLayout.Grid, null, []);
        var first = await teacher.Hub.CallAsync<Ack>("Arrange", "same", arrangement);
        Assert.Equal(first, await teacher.Hub.CallAsync<Ack>("Arrange", "same", arrangement));
        await teacher.CatchUpAsync(first.Seq);
        Assert.Single(teacher.Events, e => e.Kind == "layout");
    }

    [Fact]
    public async Task Only_seats_that_are_there_get_a_place_and_not_more_than_there_are_places()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var station = await StationAsync(school, teacher, "room-2");
        var missing = new StageTarget(station.Id, "Board");
        Assert.Equal("unknown_seat", await teacher.RefusalOfAsync("Arrange", new PictureArrangement(LessonLayout.Grid, null, [missing])));
        Assert.Equal("unknown_seat", await teacher.RefusalOfAsync("Arrange", new PictureArrangement(LessonLayout.Grid, missing, [])));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("Arrange", new PictureArrangement(LessonLayout.Grid, null, new StageTarget?[9])));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("Arrange", new PictureArrangement((LessonLayout)9, null, [])));
        Assert.Equal("unknown_participant", await teacher.RefusalOfAsync("Arrange", new PictureArrangement(LessonLayout.Grid, null, [new StageTarget("nobody", "Board")])));
    }

    [Fact]
    public async Task Who_speaks_comes_on_the_stage_and_stays_for_a_while()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, host, far) = await SpeakerLessonAsync(school);

        school.Media.Speak(host.Id, "TeacherCloseUp");
        await StagedAsync(teacher, host);

        // A dialogue: the answer comes at once, the picture after the hold, since the far room still speaks.
        school.Media.Speak(far.Id, "TeacherCloseUp");
        await teacher.SeesAsync("speaker", body => body.GetProperty("participantId").GetString() == far.Id);
        Assert.Equal(host.Id, Staged(teacher));
        school.Media.Statistics = Speaking(far.Id);
        await school.PassAsync(TimeSpan.FromSeconds(5));
        await school.PassAsync(TimeSpan.FromSeconds(1));
        await StagedAsync(teacher, far);
    }

    [Fact]
    public async Task A_room_that_is_silent_again_does_not_come_on_the_stage()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, host, far) = await SpeakerLessonAsync(school);
        school.Media.Speak(host.Id, "TeacherCloseUp");
        await StagedAsync(teacher, host);

        school.Media.Speak(far.Id, "TeacherCloseUp");
        await teacher.SeesAsync("speaker", body => body.GetProperty("participantId").GetString() == far.Id);
        school.Media.Statistics = Speaking("nobody");
        for (var second = 0; second < 8; second++)
        {
            await school.PassAsync(TimeSpan.FromSeconds(1));
        }

        var after = await teacher.DoAsync("Chat", "后来");
        await teacher.CatchUpAsync(after.Seq);
        Assert.Equal(host.Id, Staged(teacher));
    }

    [Fact]
    public async Task A_seat_that_the_teacher_chooses_stays_whoever_speaks()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, host, far) = await SpeakerLessonAsync(school);
        await teacher.DoAsync("Stage", new StageTarget(host.Id, "StudentPanorama"));
        await teacher.SeesAsync("settings", body => body.GetProperty("stage").GetString() == "Teacher");
        await school.PassAsync(TimeSpan.FromSeconds(10));

        school.Media.Speak(far.Id, "TeacherCloseUp");
        await teacher.SeesAsync("speaker");
        var after = await teacher.DoAsync("Chat", "后来");
        await teacher.CatchUpAsync(after.Seq);
        Assert.Equal(host.Id, Staged(teacher));
    }

    private static MediaServer.RoomStatistics Speaking(string participantId) =>
        new("lesson-1", [new("a", "TeacherCloseUp", MediaServer.MediaKind.Audio, 0, 0, 0, 0, 0) { ParticipantId = participantId, IsSpeaking = true }], []);

    private static string? Staged(Page page) => page.Events.FindLast(e => e.Kind == "stage")?.Body.GetProperty("participantId").GetString();

    private static Task StagedAsync(Page page, Page who) => page.SeesAsync("stage", (JsonElement body) => body.GetProperty("participantId").GetString() == who.Id);

    private static async Task<(Page Teacher, Page Host, Page Far)> SpeakerLessonAsync(TestSchool school)
    {
        var teacher = await school.OpenLessonAsync();
        var (host, far) = (await StationAsync(school, teacher, "room-1"), await StationAsync(school, teacher, "room-2"));
        await teacher.DoAsync("ChangeSettings", new LessonSettings(LessonLayout.One, StageMode.Speaker, ChatMode.Everyone, true, true, TabletVideo.Auto));
        return (teacher, host, far);
    }

    private static async Task<Page> StationAsync(TestSchool school, Page teacher, string classroomId)
    {
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, classroomId, classroomId);
        await station.Hub.CallAsync("Publish", TwoSeats);
        foreach (var group in TwoSeats.Groups.Values)
        {
            await teacher.SeesAsync("publish", body => body.GetProperty("participantId").GetString() == station.Id && body.GetProperty("group").GetString() == group);
        }

        return station;
    }
}
