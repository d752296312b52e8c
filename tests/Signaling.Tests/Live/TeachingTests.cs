using System.Text.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Live;

/// <summary>What people do in a lesson.</summary>
public sealed class TeachingTests
{
    private static readonly PublishRequest Camera = new("v=0\r\nm=video 9\r\na=mid:0\r\n", new() { ["0"] = "camera" });

    [Fact]
    public async Task A_student_sends_only_while_called_to_the_stage()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        await student.DoAsync("RaiseHand", true, null);
        Assert.Equal("not_allowed", (await Assert.ThrowsAsync<HubRefusal>(() => student.Hub.CallAsync("Publish", Camera))).Message);

        await teacher.DoAsync("Stage", new StageTarget(student.Id, "camera"));
        await student.Hub.CallAsync("Publish", Camera);
        var publish = await teacher.SeesAsync("publish");
        Assert.Equal((student.Id, "camera"), (publish.Body.GetProperty("participantId").GetString(), publish.Body.GetProperty("group").GetString()));

        await teacher.DoAsync("RaiseHand", false, student.Id);
        await teacher.SeesAsync("unpublish");
        Assert.Equal(JsonValueKind.Null, (await teacher.SeesAsync("stage")).Body.GetProperty("participantId").ValueKind);
        Assert.Equal("not_allowed", (await Assert.ThrowsAsync<HubRefusal>(() => student.Hub.CallAsync("Publish", Camera))).Message);
    }

    [Fact]
    public async Task Only_a_seat_that_is_there_comes_on_the_stage_and_it_is_asked_for_a_key_frame()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        Assert.Equal("unknown_seat", await teacher.RefusalOfAsync("Stage", new StageTarget(teacher.Id, "camera")));
        Assert.Equal("unknown_participant", await teacher.RefusalOfAsync("Stage", new StageTarget("nobody", "camera")));

        await teacher.Hub.CallAsync("Publish", Camera);
        var publication = (await teacher.SeesAsync("publish")).Body.GetProperty("publicationId").GetString();
        await teacher.DoAsync("Stage", new StageTarget(teacher.Id, "camera"));

        Assert.Contains($"keyframe {publication}", school.Media.Calls);
    }

    [Fact]
    public async Task Not_understanding_is_told_to_the_teacher_and_not_to_classmates()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var puzzled = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var classmate = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");

        await puzzled.DoAsync("Confused");
        var after = await teacher.DoAsync("Chat", "再讲一次");

        await teacher.SeesAsync("confused");
        await classmate.CatchUpAsync(after.Seq);
        Assert.DoesNotContain(classmate.Events, e => e.Kind == "confused");
    }

    [Fact]
    public async Task Chat_is_bounded_in_length_and_pace()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        Assert.Equal("bad_request", await student.RefusalOfAsync("Chat", " \u0007 "));
        Assert.Equal("bad_request", await student.RefusalOfAsync("Chat", new string('好', 501)));
        for (var i = 0; i < 5; i++)
        {
            await student.DoAsync("Chat", "好");
        }

        Assert.Equal("too_fast", await student.RefusalOfAsync("Chat", "好"));
        school.Time.Advance(TimeSpan.FromSeconds(6));
        await student.DoAsync("Chat", "好");
    }

    [Fact]
    public async Task Muting_stops_the_sound_at_the_server()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");

        await teacher.DoAsync("Mute", station.Id, true);

        Assert.Contains($"mute {station.Id} True", school.Media.Calls);
        Assert.True((await station.SeesAsync("mute")).Body.GetProperty("muted").GetBoolean());
    }

    [Fact]
    public async Task Offers_and_transport_states_reach_the_page()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        await teacher.Hub.CallAsync("Publish", Camera);
        var id = (await teacher.SeesAsync("publish")).Body.GetProperty("publicationId").GetString()!;
        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");

        await student.Hub.CallAsync("Subscribe", (object)new[] { id });

        var offer = await student.Hub.NextAsync("SubscribeOffer");
        Assert.Equal(id, offer[2].GetProperty("1").GetString());
        await student.Hub.CallAsync("SubscribeAnswer", 1, "v=0");
        Assert.Contains($"answer {student.Id} 1", school.Media.Calls);
    }

    [Fact]
    public async Task What_a_page_shows_goes_to_the_media_and_what_is_needed_comes_back()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();

        await teacher.Hub.CallAsync("ShowPictures", new Dictionary<string, int> { ["close"] = 270, ["wide"] = 0 });
        Assert.Contains($"layers {teacher.Id} close=270 wide=paused", school.Media.Calls);
        var refused = await Assert.ThrowsAsync<HubRefusal>(() => teacher.Hub.CallAsync("ShowPictures", new Dictionary<string, int> { ["close"] = -1 }));
        Assert.Equal("bad_request", refused.Message);

        school.Media.WantLayers("lesson-1", teacher.Id, "1", "q", "h");
        var wanted = await teacher.Hub.NextAsync("LayersWanted");
        Assert.Equal("1", wanted[0].GetString());
        Assert.Equal(["q", "h"], wanted[1].EnumerateArray().Select(rid => rid.GetString()));
    }
}
