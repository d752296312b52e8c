using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Picture;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Live.Picture;

/// <summary>What each kind of room allows, and what a lesson makes of it.</summary>
public sealed class SettingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly LessonSettings Quiet = new(LessonLayout.Grid, StageMode.Teacher, ChatMode.Off, false, false, TabletVideo.Off);

    [Theory]
    [InlineData(RoomKind.Dedicated, LessonLayout.SideBySide, StageMode.Teacher, ChatMode.Everyone, true, true, TabletVideo.Auto, true)]
    [InlineData(RoomKind.MasterTeacher, LessonLayout.PictureInPicture, StageMode.Teacher, ChatMode.TeacherOnly, false, true, TabletVideo.Auto, true)]
    [InlineData(RoomKind.SchoolNetwork, LessonLayout.PictureInPicture, StageMode.Teacher, ChatMode.TeacherOnly, false, false, TabletVideo.On, true)]
    [InlineData(RoomKind.Synchronous, LessonLayout.One, StageMode.Teacher, ChatMode.Everyone, true, true, TabletVideo.Auto, true)]
    [InlineData(RoomKind.Research, LessonLayout.Grid, StageMode.Speaker, ChatMode.Everyone, true, true, TabletVideo.On, false)]
    [InlineData(RoomKind.Event, LessonLayout.One, StageMode.Teacher, ChatMode.Off, false, false, TabletVideo.On, true)]
    public void Every_kind_of_room_has_its_settings(
        RoomKind kind, LessonLayout layout, StageMode stage, ChatMode chat, bool draw, bool speak, TabletVideo video, bool unknownNames)
    {
        var row = RoomKindDefaults.Of(kind);
        Assert.Equal(new RoomKindDefault(kind, new LessonSettings(layout, stage, chat, draw, speak, video), unknownNames), row);
        Assert.Equal(Enum.GetValues<RoomKind>().Length, RoomKindDefaults.All.Count);
    }

    [Fact]
    public void A_lesson_stores_only_what_differs_from_its_kind()
    {
        var defaults = RoomKindDefaults.Of(RoomKind.Event).Settings;
        Assert.Equal("", RoomKindDefaults.Changed(RoomKind.Event, defaults));
        var changed = RoomKindDefaults.Changed(RoomKind.Event, defaults with { Chat = ChatMode.Everyone });
        Assert.Equal("""{"chat":"Everyone"}""", changed);
        var lesson = new Lesson { Title = "", Kind = RoomKind.Event, Settings = changed };
        Assert.Equal(defaults with { Chat = ChatMode.Everyone }, RoomKindDefaults.Of(lesson));
    }

    [Theory, InlineData("{"), InlineData("[]"), InlineData("""{"layout":"Sideways"}"""), InlineData("""{"layout":99}""")]
    public void Stored_settings_that_cannot_be_read_count_as_not_changed(string stored)
    {
        var lesson = new Lesson { Title = "", Kind = RoomKind.Research, Settings = stored };
        Assert.Equal(RoomKindDefaults.Of(RoomKind.Research).Settings, RoomKindDefaults.Of(lesson));
    }

    [Fact]
    public async Task A_lesson_tells_its_settings_when_it_opens_and_when_the_teacher_changes_them_also_after_a_restart()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        Assert.Equal("One", (await teacher.SeesAsync("settings")).Body.GetProperty("layout").GetString());

        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        await teacher.DoAsync("ChangeSettings", Quiet);
        await student.SeesAsync("settings", body => body.GetProperty("chat").GetString() == "Off");
        Assert.Equal("not_allowed", await student.RefusalOfAsync("RaiseHand", true, null));

        await school.RestartAsync();
        teacher = await school.OpenLessonAsync();
        var told = teacher.Events.FindAll(e => e.Kind == "settings");
        Assert.Equal(2, told.Count);
        Assert.Equal(Quiet, told[^1].Body.Deserialize<LessonSettings>(HubClient.Json));
        Assert.Equal(Quiet, RoomKindDefaults.Of(await school.LessonAsync("lesson-1")));
    }

    [Fact]
    public async Task A_plan_carries_settings_and_an_open_lesson_takes_them_from_a_changed_plan()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var browser = await school.SignInAsync("teacher1");
        var detail = (await browser.GetFromJsonAsync<LessonDetail>("/api/lessons/lesson-1", HubClient.Json, Ct))!;
        Assert.Equal(RoomKindDefaults.Of(RoomKind.Synchronous).Settings, detail.Plan.Settings);

        var reply = await browser.PutAsJsonAsync("/api/lessons/lesson-1", detail.Plan with { Settings = Quiet }, HubClient.Json, Ct);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        await teacher.SeesAsync("settings", body => body.GetProperty("layout").GetString() == "Grid");

        reply = await browser.PutAsJsonAsync("/api/lessons/lesson-1", detail.Plan with { Settings = Quiet with { Layout = (LessonLayout)99 } }, HubClient.Json, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Unknown_settings_are_refused()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("ChangeSettings", Quiet with { Chat = (ChatMode)7 }));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("ChangeSettings", (LessonSettings?)null));
    }

    [Fact]
    public async Task Pages_read_the_kinds_of_rooms_when_signed_in()
    {
        await using var school = await TestSchool.OpenAsync();
        using var stranger = school.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/room-kinds", Ct)).StatusCode);
        var browser = await school.SignInAsync("teacher1");
        Assert.Equal(6, (await browser.GetFromJsonAsync<RoomKindDefault[]>("/api/room-kinds", HubClient.Json, Ct))!.Length);
    }
}
