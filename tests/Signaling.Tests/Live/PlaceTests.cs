using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Tokens;
using Classroom.TestKit;

namespace Classroom.Signaling.Tests.Live;

/// <summary>Connections come and go; places, events and acknowledgements stay.</summary>
public sealed class PlaceTests
{
    [Theory, InlineData(TestProvider.Sqlite), InlineData(TestProvider.Postgres)]
    public async Task A_late_joiner_gets_everything_from_the_beginning(TestProvider provider)
    {
        await using var school = await TestSchool.OpenAsync(provider);
        var teacher = await school.OpenLessonAsync();
        await teacher.DoAsync("StartLesson");
        await teacher.DoAsync("Mark", null, "通分");

        var late = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");

        Assert.Equal(["lesson.opened", "settings", "join", "lesson.started", "recording", "mark", "join"], late.Events.Select(e => e.Kind));
        Assert.Equal("Live", late.Reply.Lesson.State);
    }

    [Fact]
    public async Task A_page_that_comes_back_gets_its_place_and_what_it_missed_and_nothing_else()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var lastSeq = student.Events[^1].Seq;
        await student.DisposeAsync();
        await teacher.SeesAsync("away");
        await teacher.DoAsync("Chat", "现在看黑板");

        var back = await school.ConnectAsync(student.Token);
        await back.JoinAsync(student.Reply.ResumeToken, lastSeq);

        Assert.Equal(student.Id, back.Id);
        Assert.Equal(["away", "chat", "back"], back.Events.Select(e => e.Kind));
        Assert.Single(school.Media.Calls, call => call.StartsWith($"join {student.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_starts_anew_gets_new_connections()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");

        var reloaded = await school.ConnectAsync(student.Token);
        await reloaded.JoinAsync(student.Reply.ResumeToken);

        Assert.Equal("replaced", await student.ClosedAsync());
        Assert.Equal("not_joined", await student.RefusalOfAsync("Chat", "我还在吗"));
        Assert.Equal(2, school.Media.Calls.Count(call => call.StartsWith($"join {student.Id}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_place_is_given_up_after_the_grace_time()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        await student.DisposeAsync();
        await teacher.SeesAsync("away");

        await school.PassAsync(TimeSpan.FromSeconds(59));
        Assert.DoesNotContain(teacher.Events, e => e.Kind == "leave");
        await school.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(student.Id, (await teacher.SeesAsync("leave")).Body.GetProperty("participantId").GetString());
        Assert.Contains($"leave {student.Id}", school.Media.Calls);
    }

    [Fact]
    public async Task A_command_that_is_sent_again_is_done_once_even_after_a_restart()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var first = await teacher.Hub.CallAsync<Ack>("Mark", "same-key", null, "通分");
        var second = await teacher.Hub.CallAsync<Ack>("Mark", "same-key", null, "通分");
        Assert.Equal(first, second);

        await school.RestartAsync();
        var back = await school.ConnectAsync(teacher.Token);
        await back.JoinAsync(teacher.Reply.ResumeToken);
        Assert.Equal(first, await back.Hub.CallAsync<Ack>("Mark", "same-key", null, "通分"));
        Assert.Single(back.Events, e => e.Kind == "mark");
    }

    [Fact]
    public async Task A_station_that_starts_again_takes_over_its_classrooms_place()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var grant = new JoinGrant("lesson-1", LessonRole.Station, "room-2", "station-room-2", "松桃 录播教室1");
        var token = school.Get<JoinTokens>().Issue(grant, TimeSpan.FromHours(1));
        var first = await school.ConnectAsync(token);
        await first.JoinAsync();
        var second = await school.ConnectAsync(token);
        await second.JoinAsync();

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("replaced", await first.ClosedAsync());
        var stations = await teacher.SeesAsync("join", body => body.GetProperty("role").GetString() == "Station");
        Assert.Equal("松桃", stations.Body.GetProperty("schoolShortName").GetString());
        Assert.DoesNotContain(teacher.Events, e => e.Kind == "away");
    }
}
