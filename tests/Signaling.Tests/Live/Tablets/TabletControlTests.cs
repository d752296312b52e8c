using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Live.Tablets;

/// <summary>The teacher's hand on the tablets.</summary>
public sealed class TabletControlTests
{
    [Fact]
    public async Task Locking_is_told_to_every_tablet_also_to_one_that_comes_later()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var early = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");

        await teacher.DoAsync("LockTablets", true);
        await teacher.DoAsync("LockTablets", true);

        Assert.True((await early.SeesAsync("tablets.lock")).Body.GetProperty("locked").GetBoolean());
        var late = await school.JoinAsync("lesson-1", LessonRole.Student, "小刚");
        Assert.Single(late.Events, e => e.Kind == "tablets.lock");
    }

    [Fact]
    public async Task Only_documents_of_the_lesson_can_be_put_on_the_tablets()
    {
        await using var school = await TestSchool.OpenAsync();
        await using (var db = school.Database.Create())
        {
            db.Add(new LessonDocument { Id = "link-1", LessonId = "lesson-1", Kind = DocumentKind.Link, Title = "动画", Url = "https://example.org/fractions" });
            db.Add(new LessonDocument { Id = "link-2", LessonId = "demo", Kind = DocumentKind.Link, Title = "别的课", Url = "https://example.org/other" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var teacher = await school.OpenLessonAsync();
        var student = await school.JoinAsync("lesson-1", LessonRole.Student, "小明");

        await teacher.DoAsync("PushToTablets", new TabletPush("document", "link-1"));

        var push = (await student.SeesAsync("push")).Body;
        Assert.Equal(("动画", "https://example.org/fractions"), (push.GetProperty("title").GetString(), push.GetProperty("url").GetString()));
        Assert.Equal("https://example.org/fractions", await student.Hub.CallAsync<string>("PushedFile", "link-1"));
        Assert.Equal("not_allowed", (await Assert.ThrowsAsync<HubRefusal>(() => student.Hub.CallAsync<string>("PushedFile", "link-2"))).Message);
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("PushToTablets", new TabletPush("document", "link-2")));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("PushToTablets", new TabletPush("anything")));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("PushToTablets", (TabletPush?)null));
    }

    [Fact]
    public async Task Which_tablets_show_something_else_is_told_to_staff_alone()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        var (one, other) = (await school.JoinAsync("lesson-1", LessonRole.Student, "小明"), await school.JoinAsync("lesson-1", LessonRole.Student, "小刚"));

        await one.DoAsync("TabletLooks", true);
        await one.DoAsync("TabletLooks", false);
        var back = await one.DoAsync("TabletLooks", true);

        await teacher.CatchUpAsync(back.Seq);
        Assert.Equal([false, true], teacher.Events.Where(e => e.Kind == "tablet.looks").Select(e => e.Body.GetProperty("looking").GetBoolean()));
        var lesson = await teacher.DoAsync("Chat", "看这里");
        await other.CatchUpAsync(lesson.Seq);
        Assert.DoesNotContain(other.Events, e => e.Kind == "tablet.looks");
    }
}
