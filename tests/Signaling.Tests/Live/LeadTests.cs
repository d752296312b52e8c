using System.Text.Json;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live;

/// <summary>Who leads, whose hand is up and whose microphone is open.</summary>
public sealed class LeadTests
{
    [Fact]
    public async Task Only_who_was_handed_the_lead_may_do_what_the_teacher_does()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        foreach (var page in new[] { station, pupil })
        {
            Assert.Equal("not_allowed", await page.RefusalOfAsync("Stage", (object?)null));
            Assert.Equal("not_allowed", await page.RefusalOfAsync("Mute", pupil.Id, true));
            Assert.Equal("not_allowed", await page.RefusalOfAsync("MuteAll", true));
            Assert.Equal("not_allowed", await page.RefusalOfAsync("LowerHands"));
            Assert.Equal("not_allowed", await page.RefusalOfAsync("HandOver", page.Id));
        }

        await teacher.DoAsync("HandOver", station.Id);
        await station.DoAsync("Stage", (object?)null);
        await station.DoAsync("MuteAll", true);
        Assert.Equal("not_allowed", await station.RefusalOfAsync("Mute", teacher.Id, true));
        Assert.Equal("not_allowed", await station.RefusalOfAsync("HandOver", pupil.Id));

        await teacher.DoAsync("HandOver", (object?)null);
        Assert.Equal("not_allowed", await station.RefusalOfAsync("Stage", (object?)null));
    }

    [Fact]
    public async Task A_pupil_has_the_lead_only_while_called_to_the_stage()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        Assert.Equal("not_allowed", await teacher.RefusalOfAsync("HandOver", pupil.Id));
        await pupil.DoAsync("RaiseHand", true, null);
        await teacher.DoAsync("Stage", new StageTarget(pupil.Id, "camera"));
        await teacher.DoAsync("HandOver", pupil.Id);
        await pupil.DoAsync("LowerHands");

        await teacher.DoAsync("RaiseHand", false, pupil.Id);

        Assert.Equal(JsonValueKind.Null, (await pupil.SeesAsync("lead", body => body.GetProperty("participantId").ValueKind == JsonValueKind.Null)).Body.GetProperty("participantId").ValueKind);
        Assert.Equal("not_allowed", await pupil.RefusalOfAsync("LowerHands"));
    }

    [Fact]
    public async Task Taking_down_all_hands_leaves_who_is_on_the_stage()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var first = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var second = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");
        await first.DoAsync("RaiseHand", true, null);
        await second.DoAsync("RaiseHand", true, null);
        await teacher.DoAsync("Stage", new StageTarget(first.Id, "camera"));

        await teacher.DoAsync("LowerHands");

        var down = await teacher.SeesAsync("hand", body => !body.GetProperty("up").GetBoolean());
        Assert.Equal(second.Id, down.Body.GetProperty("participantId").GetString());
        Assert.Single(teacher.Events, e => e.Kind == "hand" && !e.Body.GetProperty("up").GetBoolean());
    }

    [Fact]
    public async Task While_all_are_muted_only_the_teachers_and_those_who_are_called_are_heard()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var own = await school.JoinAsync("lesson-1", LessonRole.Station, "星海", "room-1");
        var far = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");

        await teacher.DoAsync("MuteAll", true);
        Assert.Equal(new[] { $"mute {far.Id} True", $"mute {pupil.Id} True" }.Order(), Mutes(school, own, far, pupil, teacher).Order());
        var late = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");
        Assert.Contains($"mute {late.Id} True", school.Media.Calls);

        await teacher.DoAsync("Stage", new StageTarget(pupil.Id, "camera"));
        Assert.Contains($"mute {pupil.Id} False", school.Media.Calls);
        await teacher.DoAsync("Mute", far.Id, false);
        Assert.Contains($"mute {far.Id} False", school.Media.Calls);

        await teacher.DoAsync("MuteAll", false);
        Assert.Contains($"mute {late.Id} False", school.Media.Calls);
    }

    [Fact]
    public async Task Who_is_muted_stays_so_over_a_restart()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var far = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");
        await teacher.DoAsync("MuteAll", true);

        await school.RestartAsync();
        var back = await school.ConnectAsync(far.Token);
        await back.JoinAsync(far.Reply.ResumeToken);

        Assert.Contains($"mute {far.Id} True", school.Media.Calls);
    }

    private static IEnumerable<string> Mutes(TestSchool school, params Page[] pages) =>
        school.Media.Calls.Where(call => call.StartsWith("mute ", StringComparison.Ordinal) && pages.Any(page => call.Contains(page.Id, StringComparison.Ordinal)));
}
