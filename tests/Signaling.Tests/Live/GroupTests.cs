using System.Text.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Live;

/// <summary>Subgroups see, hear and read only themselves.</summary>
public sealed class GroupTests
{
    private static readonly PublishRequest Microphone = new("v=0\r\nm=audio 9\r\na=mid:0\r\n", new() { ["0"] = "camera" });

    [Fact]
    public async Task Sound_and_picture_go_to_the_members_and_who_visits_them_only()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        Assert.Equal("not_allowed", await PublishRefusalAsync(anna));
        await OpenAsync(teacher, [anna, ben], [cleo]);

        await anna.Hub.CallAsync("Publish", Microphone);
        var sound = (await ben.SeesAsync("publish")).Body.GetProperty("publicationId").GetString()!;
        await SubscribeAsync(sound, teacher, ben, cleo);

        Assert.Equal([sound], school.Media.Subscriptions[ben.Id]);
        Assert.Equal([sound], school.Media.Subscriptions[teacher.Id]);
        Assert.Empty(school.Media.Subscriptions[cleo.Id]);

        await teacher.Hub.CallAsync("Publish", Microphone);
        var voice = (await ben.SeesAsync("publish", body => body.GetProperty("participantId").GetString() == teacher.Id)).Body.GetProperty("publicationId").GetString()!;
        await SubscribeAsync(voice, ben);
        Assert.Empty(school.Media.Subscriptions[ben.Id]);
        await teacher.DoAsync("VisitGroup", "101");
        Assert.Equal([voice], school.Media.Subscriptions[ben.Id]);
    }

    [Fact]
    public async Task Subscriptions_follow_when_people_move_and_when_all_are_called_back()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        await OpenAsync(teacher, [anna, ben], [cleo]);
        await anna.Hub.CallAsync("Publish", Microphone);
        var sound = (await ben.SeesAsync("publish")).Body.GetProperty("publicationId").GetString()!;
        await SubscribeAsync(sound, ben, cleo);

        await teacher.DoAsync("MoveToGroup", ben.Id, "102");
        await teacher.DoAsync("MoveToGroup", cleo.Id, "101");
        Assert.Empty(school.Media.Subscriptions[ben.Id]);
        Assert.Equal([sound], school.Media.Subscriptions[cleo.Id]);
        Assert.Contains(school.Media.Calls, call => call == $"circles {string.Join(' ', new[] { $"{anna.Id}=101", $"{ben.Id}=102", $"{cleo.Id}=101" }.Order(StringComparer.Ordinal))}");

        await teacher.DoAsync("CloseGroups");
        await cleo.SeesAsync("unpublish");
        Assert.Empty(school.Media.Publications);
        Assert.Equal("not_allowed", await PublishRefusalAsync(anna));
    }

    [Fact]
    public async Task Chat_and_speaking_in_a_group_stay_there()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        await OpenAsync(teacher, [anna, ben], [cleo]);
        await anna.DoAsync("Chat", "我们先算第一题");
        await anna.Hub.CallAsync("Publish", Microphone);
        await ben.SeesAsync("publish");
        school.Media.Speak(school.Media.Publications[0]);
        await ben.SeesAsync("speaker");
        var last = await teacher.DoAsync("Chat", "还有五分钟");

        await Task.WhenAll(teacher.CatchUpAsync(last.Seq), ben.CatchUpAsync(last.Seq), cleo.CatchUpAsync(last.Seq));
        Assert.All([teacher, ben], page => Assert.Contains(page.Events, e => e.Kind == "chat" && e.Body.GetProperty("to").GetString() == "group:101"));
        Assert.DoesNotContain(cleo.Events, e => e.Kind == "speaker" || (e.Kind == "chat" && e.Body.GetProperty("to").ValueKind != JsonValueKind.Null));

        Assert.Empty(await cleo.Hub.CallAsync<EventDto[]>("GroupPast", "101"));
        await teacher.DoAsync("MoveToGroup", cleo.Id, "101");
        Assert.Contains(await cleo.Hub.CallAsync<EventDto[]>("GroupPast", "101"), e => e.Kind == "chat");
        Assert.DoesNotContain((await school.JoinAsync("lesson-1", LessonRole.Student, "晚来")).Events, e => e.Kind == "chat" && e.Body.GetProperty("text").GetString() == "我们先算第一题");
    }

    [Fact]
    public async Task The_whiteboard_of_a_group_is_seen_and_drawn_on_by_its_members_only()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        await OpenAsync(teacher, [anna, ben], [cleo]);

        await anna.DoAsync("Draw", (object)new[] { InkCoding.Stroke("board/g101") });

        Assert.Equal("board/g101", (await ben.SeesAsync("stroke")).Body.GetProperty("surface").GetString());
        await teacher.SeesAsync("stroke");
        Assert.Equal("unknown_surface", await cleo.RefusalOfAsync("Draw", (object)new[] { InkCoding.Stroke("board/g101") }));
        Assert.Equal("unknown_surface", await teacher.RefusalOfAsync("ShowSurface", "board/g101"));
        var last = await teacher.DoAsync("Chat", "继续");
        await cleo.CatchUpAsync(last.Seq);
        Assert.DoesNotContain(cleo.Events, e => e.Kind == "stroke");
        await teacher.DoAsync("MoveToGroup", cleo.Id, "101");
        Assert.Contains(await cleo.Hub.CallAsync<EventDto[]>("GroupPast", "101"), e => e.Kind == "stroke");
    }

    [Fact]
    public async Task Late_comers_get_into_the_smallest_group_and_a_pupil_with_another_tablet_into_the_old_one()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        await OpenAsync(teacher, [anna, ben], [cleo]);
        var late = await school.JoinAsync("lesson-1", LessonRole.Student, "晚来");
        await school.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("102", (await late.SeesAsync("groups.move", body => body.GetProperty("participantId").GetString() == late.Id)).Body.GetProperty("groupId").GetString());

        await anna.DisposeAsync();
        await teacher.SeesAsync("away");
        await school.PassAsync(TimeSpan.FromSeconds(61));
        var again = await school.JoinAsync("lesson-1", LessonRole.Student, "安娜");
        await school.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("101", (await again.SeesAsync("groups.move", body => body.GetProperty("participantId").GetString() == again.Id)).Body.GetProperty("groupId").GetString());
    }

    [Fact]
    public async Task The_end_of_the_time_is_told_to_all_once()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        await teacher.DoAsync("OpenGroups", new GroupPlan(GroupBy.Hand, 0, [new("一组", [anna.Id, ben.Id]), new("二组", [cleo.Id])], 60));
        await school.PassAsync(TimeSpan.FromSeconds(59));
        Assert.DoesNotContain(anna.Events, e => e.Kind == "groups.timeUp");
        await school.PassAsync(TimeSpan.FromSeconds(1));
        await school.PassAsync(TimeSpan.FromSeconds(1));
        await cleo.SeesAsync("groups.timeUp");

        var last = await teacher.DoAsync("SetGroupTimer", 30);
        await cleo.CatchUpAsync(last.Seq);
        Assert.Single(cleo.Events, e => e.Kind == "groups.timeUp");
    }

    [Fact]
    public async Task Groups_are_as_they_were_after_a_restart()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        await OpenAsync(teacher, [anna, ben], [cleo]);
        await school.RestartAsync();
        var backs = new List<Page>();
        foreach (var page in new[] { anna, ben, cleo })
        {
            var back = await school.ConnectAsync(page.Token);
            await back.JoinAsync(page.Reply.ResumeToken);
            backs.Add(back);
        }

        await backs[0].Hub.CallAsync("Publish", Microphone);
        var sound = (await backs[1].SeesAsync("publish")).Body.GetProperty("publicationId").GetString()!;
        await SubscribeAsync(sound, backs[1], backs[2]);
        Assert.Equal([sound], school.Media.Subscriptions[ben.Id]);
        Assert.Empty(school.Media.Subscriptions[cleo.Id]);
    }

    [Fact]
    public async Task Groups_at_random_are_of_one_size_and_those_by_classroom_have_its_people()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, _, _) = await ThreePupilsAsync(school);
        var known = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, "星海", "room-1");

        await teacher.DoAsync("OpenGroups", new GroupPlan(GroupBy.Random, 2, null, 0));
        var random = (await teacher.SeesAsync("groups.open")).Body.GetProperty("groups").EnumerateArray().Select(Members).ToArray();
        Assert.Equal([2, 2], random.Select(members => members.Length));

        var last = await teacher.DoAsync("OpenGroups", new GroupPlan(GroupBy.Classroom, 0, null, 0));
        await teacher.CatchUpAsync(last.Seq);
        var rooms = (await teacher.SeesAsync("groups.open")).Body.GetProperty("groups").EnumerateArray().ToArray();
        Assert.Equal(["201", "202"], rooms.Select(group => group.GetProperty("id").GetString()));
        Assert.Equal(new[] { known.Id, station.Id }.Order(), Members(rooms[0]).Order());
    }

    [Fact]
    public async Task Impossible_groups_are_refused()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, _, _) = await ThreePupilsAsync(school);
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("OpenGroups", (object?)null));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("OpenGroups", new GroupPlan(GroupBy.Random, 51, null, 0)));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("OpenGroups", new GroupPlan(GroupBy.Random, 2, null, -1)));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("OpenGroups", new GroupPlan(GroupBy.Hand, 0, [new("一", [anna.Id]), new("二", [anna.Id])], 0)));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("OpenGroups", new GroupPlan(GroupBy.Hand, 0, [new("一", [teacher.Id])], 0)));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("MoveToGroup", anna.Id, "101"));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("VisitGroup", "101"));
    }

    [Fact]
    public async Task A_member_who_is_called_to_the_stage_leaves_the_group()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, anna, ben, cleo) = await ThreePupilsAsync(school);
        await OpenAsync(teacher, [anna, ben], [cleo]);

        await teacher.DoAsync("Stage", new StageTarget(anna.Id, "camera"));

        Assert.Equal(JsonValueKind.Null, (await ben.SeesAsync("groups.move")).Body.GetProperty("groupId").ValueKind);
    }

    private static async Task<(Page Teacher, Page Anna, Page Ben, Page Cleo)> ThreePupilsAsync(TestSchool school) => (
        await school.OpenLessonAsync(),
        await school.JoinAsync("lesson-1", LessonRole.Student, "安娜"),
        await school.JoinAsync("lesson-1", LessonRole.Student, "本"),
        await school.JoinAsync("lesson-1", LessonRole.Student, "可莉"));

    private static Task<Ack> OpenAsync(Page teacher, params Page[][] groups) => teacher.DoAsync(
        "OpenGroups", new GroupPlan(GroupBy.Hand, 0, [.. groups.Select((members, index) => new GroupDraft($"{index + 1}", [.. members.Select(page => page.Id)]))], 0));

    private static async Task SubscribeAsync(string publicationId, params Page[] pages)
    {
        foreach (var page in pages)
        {
            await page.Hub.CallAsync("Subscribe", (object)new[] { publicationId });
        }
    }

    private static async Task<string> PublishRefusalAsync(Page page) => (await Assert.ThrowsAsync<HubRefusal>(() => page.Hub.CallAsync("Publish", Microphone))).Message;

    private static string[] Members(JsonElement group) => [.. group.GetProperty("members").EnumerateArray().Select(member => member.GetString()!)];
}
