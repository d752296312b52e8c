using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Tests.Live;

public sealed class BoardTests
{
    private const string Slides = "doc:deck/2";

    [Fact]
    public async Task A_shown_page_opens_its_document_for_everyone_once()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, pupil) = await WithSlidesAsync(school);
        await teacher.DoAsync("ShowSurface", Slides);
        await teacher.DoAsync("ShowSurface", "doc:deck/1");

        var open = await pupil.SeesAsync("slides.open");
        Assert.Equal(("deck", "方程", 2), (Text(open, "documentId"), Text(open, "title"), open.Body.GetProperty("pages").GetArrayLength()));
        await pupil.SeesAsync("surface.show", body => body.GetProperty("surface").GetString() == "doc:deck/1");
        Assert.Single(pupil.Events, e => e.Kind == "slides.open");
        Assert.Equal("unknown_surface", await teacher.RefusalOfAsync("ShowSurface", "doc:deck/3"));
        Assert.Equal("unknown_surface", await teacher.RefusalOfAsync("ShowSurface", "doc:other/1"));
        Assert.Equal("unknown_surface", await teacher.RefusalOfAsync("ShowSurface", "nonsense"));
    }

    [Fact]
    public async Task Pages_are_linked_for_those_in_the_lesson_and_only_once_they_were_shown()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, pupil) = await WithSlidesAsync(school);
        Assert.Equal("unknown_surface", await Refusal(pupil, "LinkDocument", "deck"));
        var ahead = await teacher.Hub.CallAsync<DocumentLink>("LinkDocument", "deck");
        Assert.Equal("/media/for-120/lesson-1/documents/deck/pages/", ahead.PagesBase);

        await teacher.DoAsync("ShowSurface", Slides);
        Assert.Equal(ahead, await pupil.Hub.CallAsync<DocumentLink>("LinkDocument", "deck"));
        Assert.Equal("unknown_surface", await Refusal(teacher, "LinkDocument", "elsewhere"));
    }

    [Fact]
    public async Task A_pupils_ink_is_seen_by_itself_and_the_teacher_until_it_is_shared()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, pupil) = await WithSlidesAsync(school);
        var other = await school.JoinAsync("lesson-1", LessonRole.Student, "小红");
        var first = InkCoding.Stroke();

        // Without the pen it is private, whatever the page says.
        await pupil.DoAsync("Draw", (object)new[] { first });
        Assert.True((await pupil.SeesAsync("stroke")).Body.GetProperty("isPrivate").GetBoolean());
        await teacher.SeesAsync("stroke");

        await teacher.DoAsync("ShareInk", pupil.Id, "board/1");
        var share = await other.SeesAsync("ink.share");
        Assert.DoesNotContain(other.Events, e => e.Kind == "stroke");
        Assert.Equal(first.Id, share.Body.GetProperty("strokes")[0].GetProperty("id").GetString());

        // What is added meanwhile is seen at once; what is rubbed out is gone for all.
        var second = InkCoding.Stroke(isPrivate: true);
        await pupil.DoAsync("Draw", (object)new[] { second });
        await other.SeesAsync("stroke", body => body.GetProperty("id").GetString() == second.Id);
        await pupil.DoAsync("Erase", (object)new[] { first.Id });
        await other.SeesAsync("stroke.gone", body => body.GetProperty("ids")[0].GetString() == first.Id);

        await teacher.DoAsync("ShareInk", null, null);
        await other.SeesAsync("ink.unshare");
        await pupil.DoAsync("Draw", (object)new[] { InkCoding.Stroke(isPrivate: true) });
        var last = await teacher.DoAsync("LetBrowse", true);
        await other.CatchUpAsync(last.Seq);
        Assert.Single(other.Events, e => e.Kind == "stroke");
    }

    [Fact]
    public async Task The_pen_lets_a_pupil_draw_for_everyone_until_it_is_taken_back()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, pupil) = await WithSlidesAsync(school);
        var other = await school.JoinAsync("lesson-1", LessonRole.Student, "小红");
        Assert.Equal("not_allowed", await Refusal(pupil, "Pass", Laser()));

        await teacher.DoAsync("GivePen", pupil.Id, true);
        await pupil.Hub.CallAsync("Pass", Laser());
        Assert.Equal(pupil.Id, (await other.Hub.NextAsync("Passing"))[0].GetString());
        await pupil.DoAsync("Draw", (object)new[] { InkCoding.Stroke() });
        Assert.False((await other.SeesAsync("stroke")).Body.GetProperty("isPrivate").GetBoolean());

        await teacher.DoAsync("GivePen", pupil.Id, false);
        Assert.Equal("not_allowed", await Refusal(pupil, "Pass", Laser()));
        Assert.Equal("not_allowed", await teacher.RefusalOfAsync("GivePen", teacher.Id, true));
    }

    [Fact]
    public async Task A_tablet_gets_every_second_piece_of_what_passes_and_a_station_all_of_it()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, pupil) = await WithSlidesAsync(school);
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, classroomId: school.Data.FarRoom.Id);
        int[] sent = [0, 0, 4, 9, 14, 19, 24];
        foreach (var from in sent)
        {
            await teacher.Hub.CallAsync("Pass", new PassingInk("stroke", "board/1", "abcdefghijkl", "pen", "ink", 3, InkCoding.Points(6), from));
        }

        await teacher.Hub.CallAsync("Pass", Laser() with { Points = "" });
        // Only the beginning of a stroke, and a pointer, come with their surface and colour.
        string[] toStation = await PiecesAsync(station, sent.Length + 1);
        string[] toPupil = await PiecesAsync(pupil, 5);
        Assert.Equal(["stroke", "stroke", "4", "9", "14", "19", "24", "laser"], toStation);
        Assert.Equal(["stroke", "4", "14", "24", "laser"], toPupil);
    }

    [Fact]
    public async Task Everyone_rubs_out_their_own_and_the_teacher_what_all_see()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, pupil) = await WithSlidesAsync(school);
        var station = await school.JoinAsync("lesson-1", LessonRole.Station, classroomId: school.Data.FarRoom.Id);
        var (mine, theirs) = (InkCoding.Stroke(), InkCoding.Stroke(isPrivate: true));
        await station.DoAsync("Draw", (object)new[] { mine });
        await pupil.DoAsync("Draw", (object)new[] { theirs });

        Assert.Equal("not_allowed", await pupil.RefusalOfAsync("Erase", (object)new[] { mine.Id }));
        Assert.Equal("not_allowed", await teacher.RefusalOfAsync("Erase", (object)new[] { theirs.Id }));
        Assert.Equal("not_allowed", await station.RefusalOfAsync("Restore", (object)new[] { theirs.Id }));
        await teacher.DoAsync("Erase", (object)new[] { mine.Id, "nosuchstroke" });
        await pupil.SeesAsync("stroke.gone");

        await station.DoAsync("Restore", (object)new[] { mine.Id });
        var back = await pupil.SeesAsync("ink.back");
        Assert.Equal((station.Id, mine.Id), (back.Body.GetProperty("strokes")[0].GetProperty("who").GetString(), back.Body.GetProperty("strokes")[0].GetProperty("stroke").GetProperty("id").GetString()));
        await teacher.DoAsync("ClearSurface", "board/1");
        await pupil.SeesAsync("surface.clear");
    }

    [Fact]
    public async Task A_stroke_that_is_sent_again_is_applied_once_also_after_a_restart()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, _) = await WithSlidesAsync(school);
        StrokeInput[] strokes = [InkCoding.Stroke(), InkCoding.Stroke()];
        var ack = await teacher.Hub.CallAsync<Ack>("Draw", "the-key", strokes);
        Assert.Equal(ack, await teacher.Hub.CallAsync<Ack>("Draw", "the-key", strokes));

        // A page that was loaded anew packs what it kept differently.
        var third = InkCoding.Stroke();
        await teacher.Hub.CallAsync<Ack>("Draw", "other-key", new[] { strokes[1], third });
        await school.RestartAsync();
        var again = await school.ConnectAsync(teacher.Token);
        await again.JoinAsync(teacher.Reply.ResumeToken);
        await again.Hub.CallAsync<Ack>("Draw", "the-key", strokes);
        await again.Hub.CallAsync<Ack>("Draw", "third-key", new[] { third });
        var last = await again.DoAsync("LetBrowse", true);
        await again.CatchUpAsync(last.Seq);
        Assert.Equal([strokes[0].Id, strokes[1].Id, third.Id], again.Events.Where(e => e.Kind == "stroke").Select(e => Text(e, "id")));
    }

    [Fact]
    public async Task Who_comes_later_gets_what_is_there_and_not_what_is_gone()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, _) = await WithSlidesAsync(school);
        StrokeInput[] strokes = [InkCoding.Stroke(), InkCoding.Stroke(), InkCoding.Stroke()];
        await teacher.DoAsync("Draw", (object)strokes);
        await teacher.DoAsync("Erase", (object)new[] { strokes[0].Id, strokes[1].Id });
        await teacher.DoAsync("Restore", (object)new[] { strokes[1].Id });

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var late = await school.JoinAsync("lesson-1", LessonRole.Observer, "教研员");
            Assert.Equal([strokes[2].Id], late.Events.Where(e => e.Kind == "stroke").Select(e => Text(e, "id")));
            Assert.Equal(strokes[1].Id, Assert.Single(late.Events, e => e.Kind == "ink.back").Body.GetProperty("strokes")[0].GetProperty("stroke").GetProperty("id").GetString());
            Assert.DoesNotContain(late.Events, e => e.Kind == "stroke.gone");
            await school.RestartAsync();
        }
    }

    [Fact]
    public async Task A_surface_and_a_hand_have_their_limits()
    {
        await using var school = await TestSchool.OpenAsync();
        var (teacher, pupil) = await WithSlidesAsync(school);
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("Draw", (object)Array.Empty<StrokeInput>()));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("Draw", (object)Many(65)));
        Assert.Equal("bad_request", await teacher.RefusalOfAsync("Draw", (object)new[] { InkCoding.Stroke(isPrivate: true) }));
        Assert.Equal("unknown_surface", await teacher.RefusalOfAsync("Draw", (object)new[] { InkCoding.Stroke("doc:deck/1") }));

        for (var batch = 0; batch < 9; batch++)
        {
            await pupil.DoAsync("Draw", (object)Many(64));
        }

        Assert.Equal("too_fast", await pupil.RefusalOfAsync("Draw", (object)Many(64)));
        await school.PassAsync(TimeSpan.FromSeconds(20));
        await pupil.DoAsync("Draw", (object)Many(64));
        for (var drawn = 640; drawn + 64 <= 1500; drawn += 64)
        {
            await school.PassAsync(TimeSpan.FromSeconds(3));
            await pupil.DoAsync("Draw", (object)Many(64));
        }

        Assert.Equal("board_full", await pupil.RefusalOfAsync("Draw", (object)Many(64)));
    }

    private static StrokeInput[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => InkCoding.Stroke())];

    private static PassingInk Laser() => new("laser", "board/1", "", "pen", "red", 3, InkCoding.Points(1));

    private static async Task<string[]> PiecesAsync(Page page, int count)
    {
        var pieces = new string[count];
        for (var i = 0; i < count; i++)
        {
            var (method, piece) = await page.Hub.NextOfAsync("Passing", "PassingOn");
            pieces[i] = method == "Passing" ? piece[1].GetProperty("kind").GetString()! : piece[2].ToString();
        }

        return pieces;
    }

    private static string Text(EventDto e, string name) => e.Body.GetProperty(name).GetString()!;

    private static async Task<string> Refusal(Page page, string method, params object?[] arguments) =>
        (await Assert.ThrowsAsync<TestKit.Hub.HubRefusal>(() => page.Hub.CallAsync(method, arguments))).Message;

    private static async Task<(Page Teacher, Page Pupil)> WithSlidesAsync(TestSchool school)
    {
        await using (var db = school.Database.Create())
        {
            var pages = JsonSerializer.Serialize(new[] { new DocumentPage(960, 540, "方程"), new DocumentPage(960, 540, "练习") }, JsonSerializerOptions.Web);
            db.LessonDocuments.Add(new LessonDocument { Id = "deck", LessonId = "lesson-1", Kind = DocumentKind.Slides, Title = "方程", State = DocumentState.Ready, Pages = pages });
            db.LessonDocuments.Add(new LessonDocument { Id = "elsewhere", LessonId = "demo", Kind = DocumentKind.Slides, Title = "别的", State = DocumentState.Ready, Pages = pages });
            await db.SaveChangesAsync();
        }

        var teacher = await school.OpenLessonAsync();
        return (teacher, await school.JoinAsync("lesson-1", LessonRole.Student, "小明"));
    }
}
