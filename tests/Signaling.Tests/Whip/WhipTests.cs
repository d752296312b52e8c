using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Classroom.MediaServer;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.Signaling.Tokens;
using Classroom.Signaling.Whip;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Whip;

public sealed class WhipTests
{
    private const string Offer = "v=0\r\nm=audio 9\r\na=mid:0\r\nm=video 9\r\na=mid:1\r\n";
    private static readonly string AnyLesson = JoinGrant.AnyLesson;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_encoder_publishes_is_seen_in_the_lesson_and_ends()
    {
        await using var school = await TestSchool.OpenAsync(configure: WithTurn);
        var teacher = await school.OpenLessonAsync();
        using var client = Client(school, school.Token("lesson-1", LessonRole.Publisher, "录播机"));

        using var created = await PostAsync(client, "/whip/lesson-1/Courseware");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("application/sdp", created.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("/whip/sessions/", created.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("\"etag-1\"", created.Headers.ETag!.Tag);
        Assert.Equal("application/trickle-ice-sdpfrag", created.Headers.GetValues("Accept-Patch").Single());
        Assert.Contains("rel=\"ice-server\"; username=", created.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Equal("*", created.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var publish = await teacher.SeesAsync("publish");
        Assert.Equal("Courseware", publish.Body.GetProperty("group").GetString());
        Assert.Equal("录播机", (await teacher.SeesAsync("join", body => body.GetProperty("role").GetString() == "Publisher")).Body.GetProperty("name").GetString());

        using var deleted = await client.DeleteAsync(created.Headers.Location, Ct);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        await teacher.SeesAsync("leave");
        await teacher.SeesAsync("unpublish");
        using var again = await client.DeleteAsync(created.Headers.Location, Ct);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_by_its_status()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        using var nobody = Client(school, token: null);
        using var stranger = Client(school, "wrong");
        using var elsewhere = Client(school, school.Token("demo", LessonRole.Publisher));
        using var viewer = Client(school, school.Token("lesson-1", LessonRole.Viewer));
        using var encoder = Client(school, school.Token("lesson-1", LessonRole.Publisher));
        using var anywhere = Client(school, school.Token(AnyLesson, LessonRole.Publisher));

        Assert.Equal("Bearer", (await PostAsync(nobody, "/whip/lesson-1/a")).Headers.WwwAuthenticate.Single().Scheme);
        await ExpectAsync(HttpStatusCode.Unauthorized, "wrong_token", PostAsync(stranger, "/whip/lesson-1/a"));
        await ExpectAsync(HttpStatusCode.Forbidden, "wrong_lesson", PostAsync(elsewhere, "/whip/lesson-1/a"));
        await ExpectAsync(HttpStatusCode.Forbidden, "not_allowed", PostAsync(viewer, "/whip/lesson-1/a"));
        await ExpectAsync(HttpStatusCode.UnsupportedMediaType, "not_sdp", PostAsync(encoder, "/whip/lesson-1/a", type: "text/plain"));
        await ExpectAsync(HttpStatusCode.NotFound, "lesson_not_found", PostAsync(anywhere, "/whip/nowhere/a"));
        await ExpectAsync(HttpStatusCode.BadRequest, "bad_sdp", PostAsync(encoder, "/whip/lesson-1/a", "garbage"));
        school.Media.NextRefusal = new MediaException("no_common_codec", "No codec in common.");
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, "no_common_codec", PostAsync(encoder, "/whip/lesson-1/a"));
        await ExpectAsync(HttpStatusCode.RequestEntityTooLarge, "too_large", PostAsync(encoder, "/whip/lesson-1/a", "v=0" + new string(' ', 200_000)));
        Assert.Equal(0, school.Get<WhipSessions>().Count);
    }

    [Fact]
    public async Task A_player_watches_what_is_published_and_is_told_to_try_again_before()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        using var encoder = Client(school, school.Token("lesson-1", LessonRole.Publisher));
        using var player = Client(school, school.Token("lesson-1", LessonRole.Viewer));

        using var early = await PostAsync(player, "/whep/lesson-1/a");
        Assert.Equal((HttpStatusCode.NotFound, TimeSpan.FromSeconds(2)), (early.StatusCode, early.Headers.RetryAfter!.Delta));
        await PostAsync(encoder, "/whip/lesson-1/a");
        using var created = await PostAsync(player, "/whep/lesson-1/a");
        using var alsoPublisher = await PostAsync(encoder, "/whep/lesson-1/a");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.StartsWith("/whep/sessions/", created.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, alsoPublisher.StatusCode);
        using var wrongKind = await player.DeleteAsync(created.Headers.Location.OriginalString.Replace("whep", "whip", StringComparison.Ordinal), Ct);
        Assert.Equal(HttpStatusCode.NotFound, wrongKind.StatusCode);
    }

    [Fact]
    public async Task Trickle_and_restart_follow_the_entity_tag()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        using var client = Client(school, school.Token("lesson-1", LessonRole.Publisher));
        using var created = await PostAsync(client, "/whip/lesson-1/a");
        var session = created.Headers.Location!.OriginalString;
        const string candidate = "a=candidate:1 1 udp 1 192.0.2.1 1 typ host\r\n";
        const string restart = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n";

        Assert.Equal((HttpStatusCode)428, (await PatchAsync(client, session, candidate, match: null)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PatchAsync(client, session, candidate, "\"old\"")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PatchAsync(client, session, candidate, "\"etag-1\"", "text/plain")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(client, session, candidate, "\"etag-1\"")).StatusCode);

        using var restarted = await PatchAsync(client, session, restart, "*");
        Assert.Equal(HttpStatusCode.OK, restarted.StatusCode);
        Assert.Contains("a=ice-ufrag:new", await restarted.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotEqual("\"etag-1\"", restarted.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PatchAsync(client, session, candidate, "\"etag-1\"")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(client, session, candidate, restarted.Headers.ETag.Tag)).StatusCode);
    }

    [Fact]
    public async Task A_name_is_taken_by_another_token_and_taken_over_by_the_same()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        using var first = Client(school, school.Token("lesson-1", LessonRole.Publisher));
        using var other = Client(school, school.Token("lesson-1", LessonRole.Publisher));
        await PostAsync(first, "/whip/lesson-1/a");

        await ExpectAsync(HttpStatusCode.Conflict, "name_taken", PostAsync(other, "/whip/lesson-1/a"));
        using var again = await PostAsync(first, "/whip/lesson-1/a");

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(1, school.Get<WhipSessions>().Count);
        Assert.Equal(teacher.Reply.Lesson.Id, school.Media.Publications.Single().RoomId);
    }

    [Fact]
    public async Task A_removed_encoder_is_cut_off_and_stays_out()
    {
        await using var school = await TestSchool.OpenAsync();
        var teacher = await school.OpenLessonAsync();
        using var client = Client(school, school.Token("lesson-1", LessonRole.Publisher));
        await PostAsync(client, "/whip/lesson-1/a");
        var id = (await teacher.SeesAsync("publish")).Body.GetProperty("participantId").GetString();

        await teacher.DoAsync("Remove", id);

        await teacher.SeesAsync("unpublish");
        await ExpectAsync(HttpStatusCode.Forbidden, "removed", PostAsync(client, "/whip/lesson-1/a"));
        await ExpectAsync(HttpStatusCode.Forbidden, "removed", PostAsync(client, "/whip/lesson-1/b"));
    }

    [Fact]
    public async Task Unknown_lessons_open_for_tokens_of_any_lesson_only_where_that_is_configured()
    {
        await using var school = await TestSchool.OpenAsync(configure: options => options.AdhocLessons = true);
        using var bench = Client(school, school.Token(AnyLesson, LessonRole.Publisher));
        using var narrow = Client(school, school.Token("lesson-1", LessonRole.Publisher));

        Assert.Equal(HttpStatusCode.Created, (await PostAsync(bench, "/whip/bench-1/p0")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(bench, "/whep/bench-1/p0")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(narrow, "/whip/bench-2/p0")).StatusCode);
        await ExpectAsync(HttpStatusCode.Conflict, "not_open", PostAsync(bench, "/whip/lesson-1/p0"));
    }

    [Fact]
    public async Task A_room_for_rehearsal_hears_no_bell_and_is_gone_when_it_was_closed()
    {
        await using var school = await TestSchool.OpenAsync();
        var rooms = school.Get<LessonRooms>();
        var room = await rooms.OpenRehearsalAsync("rehearsal-1", Ct);
        Assert.Same(room, rooms.Find("rehearsal-1"));
        await rooms.TickAsync(Ct);
        Assert.DoesNotContain("rehearsal-1", school.Media.Recordings.Keys);

        Assert.True(await room.CancelAsync());
        Assert.Null(rooms.Find("rehearsal-1"));
        await rooms.TickAsync(Ct);
        Assert.DoesNotContain(room, rooms.All);
        Assert.False(school.Media.IsRoomOpen("rehearsal-1"));
    }

    [Fact]
    public async Task A_session_that_never_connects_is_ended()
    {
        await using var school = await TestSchool.OpenAsync();
        await school.OpenLessonAsync();
        using var client = Client(school, school.Token("lesson-1", LessonRole.Publisher));
        await PostAsync(client, "/whip/lesson-1/a");

        school.Time.Advance(TimeSpan.FromSeconds(46));
        await school.Get<WhipSessions>().SweepAsync();

        Assert.Equal(0, school.Get<WhipSessions>().Count);
        Assert.Empty(school.Media.Publications);
    }

    [Fact]
    public async Task Browsers_of_other_sites_may_ask_what_is_possible()
    {
        await using var school = await TestSchool.OpenAsync();
        using var client = Client(school, token: null);
        using var reply = await client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/whip/lesson-1/a"), Ct);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        Assert.Contains("POST", reply.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Contains("Authorization", reply.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    private static void WithTurn(SignalingOptions options)
    {
        options.TurnUrls = ["turn:turn.test:3478"];
        options.TurnSecret = "secret";
    }

    private static HttpClient Client(TestSchool school, string? token)
    {
        var client = school.Browser();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string offer = Offer, string type = "application/sdp") =>
        client.PostAsync(path, new StringContent(offer, Encoding.UTF8, type), Ct);

    private static Task<HttpResponseMessage> PatchAsync(HttpClient client, string path, string fragment, string? match, string type = "application/trickle-ice-sdpfrag")
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(fragment, Encoding.UTF8, type) };
        if (match is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", match);
        }

        return client.SendAsync(request, Ct);
    }

    private static async Task ExpectAsync(HttpStatusCode status, string code, Task<HttpResponseMessage> call)
    {
        using var reply = await call;
        var error = await reply.Content.ReadFromJsonAsync<ApiError>(HubClient.Json, Ct);
        Assert.Equal((status, code), (reply.StatusCode, error!.Code));
    }
}
