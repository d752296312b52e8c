using System.Globalization;
using Classroom.Data;
using Classroom.Recorder.Boards;
using static Classroom.Recorder.Tests.Boards.Drawn;

namespace Classroom.Recorder.Tests.Boards;

public sealed class BoardScriptTests
{
    [Fact]
    public void Strokes_lie_on_the_page_that_is_shown_in_the_order_in_which_they_came()
    {
        var seen = Seen(Show("board/1"), Draw("a"), Draw("b"), Draw("c", "board/2"), Show("board/2"), Draw("d", "board/1"), Show("board/1"));
        Assert.Equal(["board/1:", "board/1:a", "board/1:a,b", "board/1:a,b", "board/2:c", "board/2:c", "board/1:a,b,d"], seen);
    }

    [Fact]
    public void What_is_undone_goes_what_is_brought_back_comes_on_top_and_a_cleared_page_is_empty()
    {
        var seen = Seen(
            Show("board/1"), Draw("a"), Draw("b"), Gone("a", "unknown"),
            ("ink.back", new { strokes = new[] { new { who = TeacherId, stroke = Stroke("a") } } }, TeacherId),
            ("surface.clear", new { surface = "board/1" }, TeacherId), Draw("c"));
        Assert.Equal(["board/1:", "board/1:a", "board/1:a,b", "board/1:b", "board/1:b,a", "board/1:", "board/1:c"], seen);
    }

    [Fact]
    public void A_stroke_that_is_sent_again_is_there_once_and_moves_when_it_is_private_after_all()
    {
        var seen = Seen(Show("board/1"), Draw("a"), Draw("b"), Draw("a"), Draw("a", isPrivate: true));
        Assert.Equal(["board/1:", "board/1:a", "board/1:a,b", "board/1:a,b", "board/1:b"], seen);
    }

    [Fact]
    public void A_pupils_own_ink_is_seen_only_while_it_is_shared_and_only_on_its_page()
    {
        var seen = Seen(
            Show("board/1"), Draw("a"), Draw("own", isPrivate: true, who: PupilId),
            ("ink.share", new { participantId = PupilId, surface = "board/1", strokes = new[] { Stroke("own", isPrivate: true) } }, TeacherId),
            Draw("more", isPrivate: true, who: PupilId), Draw("other", isPrivate: true, who: "other"),
            Show("board/2"), Show("board/1"), ("ink.unshare", new { }, TeacherId), Draw("later", isPrivate: true, who: PupilId));
        Assert.Equal(
            ["board/1:", "board/1:a", "board/1:a", "board/1:a,own", "board/1:a,own,more", "board/1:a,own,more", "board/2:", "board/1:a,own,more", "board/1:a", "board/1:a"], seen);
    }

    [Fact]
    public void Sharing_anothers_ink_takes_the_first_ones_away()
    {
        var seen = Seen(
            Show("board/1"),
            ("ink.share", new { participantId = "p1", surface = "board/1", strokes = new[] { Stroke("a", isPrivate: true) } }, TeacherId),
            ("ink.share", new { participantId = "p2", surface = "board/1", strokes = new[] { Stroke("b", isPrivate: true) } }, TeacherId));
        Assert.Equal(["board/1:", "board/1:a", "board/1:b"], seen);
    }

    [Theory]
    [InlineData("pupil")]
    [InlineData("staff")]
    [InlineData("group:1")]
    public void What_not_everybody_was_told_is_not_in_it(string audience)
    {
        List<TimelineEvent> timeline =
        [
            Event(0, "surface.show", new { surface = "board/1" }),
            Event(1, "stroke", Stroke("a"), audience: audience),
            Event(2, "stroke", Stroke("b", isPrivate: true), PupilId, audience: audience),
            Event(3, "surface.show", new { surface = "board/2" }, audience: audience),
        ];
        Assert.Equal(["board/1:"], Play(timeline).Select(moment => moment.Seen));
    }

    [Fact]
    public void Who_did_not_consent_to_be_recorded_is_left_out_however_the_stroke_comes()
    {
        var timeline = Timeline(
            Show("board/1"), Draw("a", who: PupilId), Draw("b"), Gone("a"),
            ("ink.back", new { strokes = new[] { new { who = PupilId, stroke = Stroke("a") } } }, TeacherId),
            ("ink.share", new { participantId = PupilId, surface = "board/1", strokes = new[] { Stroke("own", isPrivate: true) } }, TeacherId));
        timeline.Add(Event(9000, "unrecorded", new { participantId = PupilId }, "server", 99, "staff"));
        Assert.Equal(["board/1:", "board/1:b", "board/1:b"], Play(timeline).Select(moment => moment.Seen));
    }

    [Fact]
    public void While_the_recording_is_paused_nothing_is_seen_and_afterwards_what_is_there_then()
    {
        var seen = Seen(Show("board/1"), Draw("a"), Recording("paused"), Draw("b"), Show("board/2"), Recording("on"), Show("board/1"), Recording("off"));
        Assert.Equal(["board/1:", "board/1:a", "nothing", "nothing", "nothing", "board/2:", "board/1:a,b", "nothing"], seen);
    }

    [Fact]
    public void A_page_that_is_on_the_screens_no_more_stays_as_it_was_until_another_comes()
    {
        var seen = Seen(Show("board/1"), Draw("a"), Show(null), Draw("b"), Gone("a"), Show("board/1"));
        Assert.Equal(["board/1:", "board/1:a", "board/1:a", "board/1:a", "board/1:a", "board/1:b"], seen);
    }

    [Fact]
    public void What_happened_before_the_bell_is_there_at_the_bell()
    {
        List<TimelineEvent> timeline = [Event(-5000, "surface.show", new { surface = "board/1" }), Event(-2000, "stroke", Stroke("a")), Event(3000, "stroke", Stroke("b"))];
        Assert.Equal([(0L, "board/1:"), (0L, "board/1:a"), (3000L, "board/1:a,b")], Play(timeline));
    }

    [Fact]
    public void The_whiteboard_of_a_subgroup_is_never_shown() => Assert.Empty(Play(Timeline(Show("board/g1"), Draw("a", "board/g1"))));

    /// <summary>Whatever a body holds, the rest of the lesson is as if it were not there.</summary>
    [Theory]
    [InlineData("surface.show", "")]
    [InlineData("surface.show", "[1,2]")]
    [InlineData("surface.show", "{\"surface\":7}")]
    [InlineData("surface.show", "{\"surface\":\"doc:../../secrets/1\"}")]
    [InlineData("surface.show", "{\"surface\":\"doc:a/0\"}")]
    [InlineData("surface.show", "{\"surface\":\"board/99999999999\"}")]
    [InlineData("surface.show", "{\"surface\":\"\\ud800/1\"}")]
    [InlineData("stroke", "{}")]
    [InlineData("stroke", "null")]
    [InlineData("stroke", "{\"id\":\"x\",\"surface\":\"board/1\",\"tool\":\"axe\",\"width\":3,\"points\":\"AAA\"}")]
    [InlineData("stroke", "{\"id\":\"x\",\"surface\":\"board/1\",\"tool\":\"pen\",\"width\":1e39,\"points\":\"AAA\"}")]
    [InlineData("stroke", "{\"id\":\"x\",\"surface\":\"board/1\",\"tool\":\"pen\",\"width\":\"3\",\"points\":\"AAA\"}")]
    [InlineData("stroke", "{\"id\":\"\\ud800\",\"surface\":\"board/1\",\"tool\":\"pen\",\"width\":3,\"points\":\"AAA\"}")]
    [InlineData("stroke.gone", "{\"ids\":\"a\"}")]
    [InlineData("stroke.gone", "{\"ids\":[1,null,{},\"\\udfff\"]}")]
    [InlineData("ink.back", "{\"strokes\":[7,null,{\"who\":\"p\"},{\"who\":\"p\",\"stroke\":[]}]}")]
    [InlineData("ink.share", "{\"strokes\":[]}")]
    [InlineData("ink.share", "{\"participantId\":\"p\",\"surface\":\"board/7\",\"strokes\":{}}")]
    [InlineData("surface.clear", "{\"surface\":null}")]
    [InlineData("recording", "{\"state\":5}")]
    [InlineData("unrecorded", "{\"participantId\":[]}")]
    [InlineData("something.new", "{\"a\":1}")]
    public void Junk_is_passed_over(string kind, string body)
    {
        var seen = Seen(Show("board/1"), Draw("a"), (kind, body, TeacherId), Draw("b"));
        Assert.Equal(["board/1:", "board/1:a", "board/1:a", "board/1:a,b"], seen);
    }

    /// <summary>Two folds that do not know of each other: ours tells changes, this one looks at everything each time.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void A_random_lesson_is_seen_as_a_fold_without_changes_sees_it(int seed)
    {
        var random = new Random(seed);
        var events = new List<(string Kind, object Body, string Who)> { Show("board/1") };
        for (var i = 0; i < 400; i++)
        {
            var (id, surface, who) = ($"s{random.Next(40)}", $"board/{random.Next(1, 3)}", random.Next(2) == 0 ? TeacherId : PupilId);
            events.Add(random.Next(12) switch
            {
                0 => Show(random.Next(4) == 0 ? null : surface),
                1 => Gone(id, $"s{random.Next(40)}"),
                2 => ("ink.back", new { strokes = new[] { new { who, stroke = Stroke(id, surface) } } }, TeacherId),
                3 when random.Next(3) == 0 => ("surface.clear", new { surface }, TeacherId),
                4 when random.Next(3) == 0 => Recording(random.Next(3) == 0 ? "paused" : "on"),
                5 => ("ink.share", new { participantId = PupilId, surface, strokes = new[] { Stroke(id, surface, isPrivate: true) } }, TeacherId),
                6 => ("ink.unshare", new { }, TeacherId),
                _ => Draw(id, surface, isPrivate: who == PupilId, who),
            });
        }

        var seen = Seen([.. events]);
        for (var i = 0; i < events.Count; i++)
        {
            if (Plain(events.Take(i + 1)) is { } plain)
            {
                Assert.Equal(plain, seen[i]);
            }
        }
    }

    /// <returns>Null while nothing is on the screens or in the recording.</returns>
    private static string? Plain(IEnumerable<(string Kind, object Body, string Who)> events)
    {
        var strokes = new List<(string Id, string Surface, string? Owner)>();
        string? surface = null, shared = null, sharedOn = null;
        var isOn = true;
        foreach (var (kind, bodyObject, who) in events)
        {
            dynamic body = bodyObject;
            switch (kind)
            {
                case "surface.show": surface = body.surface; break;
                case "recording": isOn = body.state == "on"; break;
                case "surface.clear": strokes.RemoveAll(s => s.Surface == body.surface && s.Owner is null); break;
                case "stroke.gone": foreach (string id in body.ids) { strokes.RemoveAll(s => s.Id == id); } break;
                case "stroke": Put(who, body); break;
                case "ink.back": Put(body.strokes[0].who, body.strokes[0].stroke); break;
                case "ink.share": Put(body.participantId, body.strokes[0]); (shared, sharedOn) = (body.participantId, body.surface); break;
                case "ink.unshare": (shared, sharedOn) = (null, null); break;
            }
        }

        if (surface is null || !isOn)
        {
            return null;
        }

        // Shared ink lies above, until it came while it was shared: only what is there is compared.
        var ids = strokes.Where(s => s.Surface == surface && (s.Owner is null || (s.Owner == shared && sharedOn == surface))).Select(s => s.Id);
        return $"{surface}:{string.Join(',', ids.Order(StringComparer.Ordinal))}";

        void Put(string who, dynamic stroke)
        {
            (string Id, string Surface, string? Owner) now = (stroke.id, stroke.surface, stroke.isPrivate ? who : null);
            var before = strokes.FindIndex(s => s.Id == now.Id);
            if (before >= 0 && strokes[before].Surface == now.Surface && strokes[before].Owner == now.Owner)
            {
                return;
            }

            strokes.RemoveAll(s => s.Id == now.Id);
            strokes.Add(now);
        }
    }

    /// <summary>What is seen after each event.</summary>
    private static List<string> Seen(params (string Kind, object Body, string Who)[] events)
    {
        var moments = Play(Timeline(events));
        var isSorted = events.Length > 100;
        return [.. events.Select((_, i) => moments.LastOrDefault(moment => moment.AtMs <= i * 1000) is { Seen: { } seen } ? isSorted ? Sorted(seen) : seen : "nothing")];
    }

    private static string Sorted(string seen) =>
        seen.Split(':') is [var surface, var ids] ? string.Create(CultureInfo.InvariantCulture, $"{surface}:{string.Join(',', ids.Split(',').Order(StringComparer.Ordinal))}") : seen;

    private static List<(long AtMs, string Seen)> Play(IReadOnlyList<TimelineEvent> timeline)
    {
        var (seen, strokes) = (new List<(long, string)>(), new List<string>());
        foreach (var moment in BoardScript.Moments(timeline))
        {
            if (moment.IsAnew)
            {
                strokes.Clear();
            }

            strokes.AddRange(moment.Strokes.Select(stroke => stroke.Id));
            seen.Add((moment.AtMs, moment.Surface is null ? "nothing" : $"{moment.Surface.Name}:{string.Join(',', strokes)}"));
        }

        return seen;
    }
}
