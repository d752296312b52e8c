using System.Text.Json;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live;

/// <summary>Chat with its modes, moderation, pupils' questions and signs.</summary>
public sealed class TalkTests
{
    [Fact]
    public async Task A_line_to_the_teacher_is_seen_by_its_author_and_the_staff_only()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var observer = await school.JoinAsync("lesson-1", LessonRole.Observer, "教研员");
        var author = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var classmate = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, "松桃", "room-2");

        await author.DoAsync("ChatTo", "我不舒服", "staff");
        await teacher.DoAsync("ChatTo", "去医务室吧", author.Id);
        var last = await teacher.DoAsync("Chat", "继续");

        await Task.WhenAll(new[] { teacher, observer, author, classmate, station }.Select(page => page.CatchUpAsync(last.Seq)));
        Assert.All([teacher, observer, author], page => Assert.Equal(["我不舒服", "去医务室吧", "继续"], Lines(page)));
        Assert.All([classmate, station], page => Assert.Equal(["继续"], Lines(page)));
        Assert.Equal("not_allowed", await author.RefusalOfAsync("ChatTo", "嘿", classmate.Id));
        Assert.Equal(["继续"], Lines(await school.JoinAsync("lesson-1", LessonRole.Student, "晚来")));
    }

    [Fact]
    public async Task The_mode_says_what_pupils_may_write()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var classmate = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");

        await teacher.DoAsync("SetChatMode", "teacher");
        await pupil.DoAsync("Chat", "只给老师");
        await teacher.DoAsync("SetChatMode", "off");
        Assert.Equal("chat_off", await pupil.RefusalOfAsync("Chat", "还能说吗"));
        Assert.Equal("chat_off", await pupil.RefusalOfAsync("ChatTo", "还能说吗", "staff"));
        Assert.Equal("chat_off", await pupil.RefusalOfAsync("Ask", "为什么"));
        var last = await teacher.DoAsync("Chat", "看黑板");

        await Task.WhenAll(teacher.CatchUpAsync(last.Seq), classmate.CatchUpAsync(last.Seq));
        Assert.Equal(["只给老师", "看黑板"], Lines(teacher));
        Assert.Equal(["看黑板"], Lines(classmate));
        Assert.Equal("off", (await classmate.SeesAsync("chat.mode")).Body.GetProperty("mode").GetString());
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("SetChatMode", "loud"));
    }

    [Fact]
    public async Task A_line_that_was_removed_is_gone_for_those_who_come_later_and_after_a_restart()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var line = await pupil.DoAsync("Chat", "不好的话");

        await teacher.DoAsync("RemoveChat", line.Seq);

        Assert.Equal(line.Seq, (await pupil.SeesAsync("chat.gone")).Body.GetProperty("seq").GetInt64());
        Assert.Equal("unknown_line", await teacher.RefusalOfAsync("RemoveChat", line.Seq));
        await school.RestartAsync();
        foreach (var role in new[] { LessonRole.Student, LessonRole.Teacher, LessonRole.Observer })
        {
            var late = await school.JoinAsync("lesson-1", role, "晚来");
            Assert.Empty(Lines(late));
            Assert.Contains(late.Events, e => e.Kind == "chat.gone");
        }
    }

    [Fact]
    public async Task Questions_are_liked_once_picked_answered_and_dismissed()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var classmate = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");
        var good = await pupil.DoAsync("Ask", "为什么要通分");
        var bad = await pupil.DoAsync("Ask", "几点下课");

        await classmate.DoAsync("LikeAsk", good.Seq);
        await classmate.DoAsync("LikeAsk", good.Seq);
        Assert.Equal("unknown_line", await pupil.RefusalOfAsync("LikeAsk", good.Seq));
        await teacher.DoAsync("SettleAsk", good.Seq, "picked");
        await teacher.DoAsync("SettleAsk", bad.Seq, "dismissed");
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("SettleAsk", bad.Seq, "lost"));

        Assert.Equal("为什么要通分", (await classmate.SeesAsync("ask.done", body => body.GetProperty("state").GetString() == "picked")).Body.GetProperty("text").GetString());
        await teacher.SeesAsync("ask.done", body => body.GetProperty("state").GetString() == "dismissed");
        Assert.Single(teacher.Events, e => e.Kind == "ask.like");
        var late = await school.JoinAsync("lesson-1", LessonRole.Student, "晚来");
        Assert.Equal([good.Seq], late.Events.Where(e => e.Kind == "ask").Select(e => e.Seq));
    }

    [Fact]
    public async Task A_question_to_the_teacher_only_is_seen_by_all_when_it_is_picked()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        var classmate = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");
        await teacher.DoAsync("SetChatMode", "teacher");
        var asked = await pupil.DoAsync("Ask", "为什么要通分");
        Assert.Equal("unknown_line", await classmate.RefusalOfAsync("LikeAsk", asked.Seq));

        await teacher.DoAsync("SettleAsk", asked.Seq, "picked");

        var picked = await classmate.SeesAsync("ask.done");
        Assert.Equal(("小明", "为什么要通分"), (picked.Body.GetProperty("name").GetString(), picked.Body.GetProperty("text").GetString()));
        Assert.DoesNotContain(classmate.Events, e => e.Kind == "ask");
    }

    [Fact]
    public async Task Signs_are_a_handful_and_slow_enough_to_be_read()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var pupil = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");
        Assert.Equal("bad_request", await pupil.RefusalOfAsync("React", "bomb"));
        foreach (var kind in new[] { "clap", "like", "done" })
        {
            await pupil.DoAsync("React", kind);
        }

        Assert.Equal("too_fast", await pupil.RefusalOfAsync("React", "clap"));
        await teacher.SeesAsync("reaction", body => body.GetProperty("kind").GetString() == "done");
        Assert.Equal(3, teacher.Events.Count(e => e.Kind == "reaction"));
    }

    private static string[] Lines(Page page) => [.. page.Events.Where(e => e.Kind == "chat").Select(e => e.Body.GetProperty("text").GetString()!)];
}
