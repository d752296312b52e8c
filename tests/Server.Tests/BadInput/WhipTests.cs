using Classroom.MediaServer.Tests.Support;
using Classroom.Signaling.Contracts;

namespace Classroom.Server.Tests.BadInput;

/// <summary>What equipment may send wrong to WHIP and WHEP, and what it is told.</summary>
[Collection(typeof(OpenSchoolCollection))]
public sealed class WhipTests(OpenSchool school)
{
    private const string Sdp = "application/sdp";

    [Theory]
    [InlineData("", "400 bad_sdp")]
    [InlineData("garbage", "400 bad_sdp")]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n", "400 bad_sdp")]
    [InlineData("v=0\r\nm=\r\nm=\r\n", "400 bad_sdp")]
    [InlineData("\0\u0001\uffff", "400 bad_sdp")]
    public async Task A_description_that_is_none_is_refused(string offer, string refusal)
    {
        Assert.Equal(refusal, await PostAsync("/whip/demo/camera", LessonRole.Publisher, offer));
        Assert.Equal(refusal, await PostAsync("/whep/demo/camera", LessonRole.Viewer, offer));
        await school.StillWorksAsync();
    }

    [Fact]
    public async Task A_description_of_300_kB_is_refused_unread()
    {
        Assert.Equal("413 too_large", await PostAsync("/whip/demo/camera", LessonRole.Publisher, "v=0\r\n" + new string('x', 300 * 1024)));
        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", 161)]
    [InlineData("a=x\r\n", 1025)]
    [InlineData("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", 513)]
    public async Task A_description_with_more_in_it_than_any_browser_writes_is_told_so(string line, int times) =>
        Assert.Equal("413 sdp_too_large", await PostAsync("/whip/demo/camera", LessonRole.Publisher, "v=0\r\n" + string.Concat(Enumerable.Repeat(line, times))));

    [Fact]
    public async Task Another_content_type_is_named()
    {
        using var peer = new TestPeer();
        Assert.Equal("415 not_sdp", await PostAsync("/whip/demo/camera", LessonRole.Publisher, peer.PublishOffer(), "application/json"));
    }

    [Fact]
    public async Task Codecs_that_nobody_forwards_are_named()
    {
        using var peer = new TestPeer();
        var offer = peer.PublishOffer().Replace("VP8", "H261", StringComparison.Ordinal).Replace("opus", "speex", StringComparison.Ordinal);
        Assert.Equal("422 no_common_codec", await PostAsync("/whip/demo/camera", LessonRole.Publisher, offer));
        await school.StillWorksAsync();
    }

    [Fact]
    public async Task A_certificate_without_a_known_fingerprint_is_refused()
    {
        using var peer = new TestPeer();
        Assert.Equal("400 bad_sdp", await PostAsync("/whip/demo/camera", LessonRole.Publisher, peer.PublishOffer().Replace("sha-256", "md5", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_lesson_or_a_picture_that_is_not_there_is_named()
    {
        using var peer = new TestPeer();
        Assert.Equal("404 lesson_not_found", await PostAsync("/whip/nothing/camera", LessonRole.Publisher, peer.PublishOffer(), lesson: "nothing"));
        Assert.Equal("404 not_published", await PostAsync("/whep/demo/nobody", LessonRole.Viewer, peer.ViewOffer()));
        Assert.Equal("400 bad_name", await PostAsync("/whip/demo/" + new string('x', 65), LessonRole.Publisher, peer.PublishOffer()));
        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("expired", "401 wrong_token")]
    [InlineData("forged", "401 wrong_token")]
    [InlineData("cut off", "401 wrong_token")]
    [InlineData("no algorithm", "401 wrong_token")]
    [InlineData("none", "401 wrong_token")]
    [InlineData("other lesson", "403 wrong_lesson")]
    [InlineData("viewer", "403 not_allowed")]
    [InlineData("student", "403 not_allowed")]
    [InlineData("any lesson", "404 lesson_not_found")]
    public async Task Tokens_that_do_not_fit_are_refused(string kind, string refusal)
    {
        using var peer = new TestPeer();
        var lesson = kind == "any lesson" ? "made-up" : OpenSchool.Lesson;
        using var content = OpenSchool.Text(peer.PublishOffer(), Sdp);
        var answer = await school.SendAsync(HttpMethod.Post, $"/whip/{lesson}/camera", Token(kind, LessonRole.Publisher), content);
        Assert.Equal(refusal, answer.Refusal);
        await school.StillWorksAsync();
    }

    [Theory]
    [InlineData("expired", "401 wrong_token")]
    [InlineData("forged", "401 wrong_token")]
    [InlineData("cut off", "401 wrong_token")]
    [InlineData("no algorithm", "401 wrong_token")]
    [InlineData("none", "401 wrong_token")]
    [InlineData("other lesson", "403 wrong_lesson")]
    [InlineData("student", "403 not_allowed")]
    [InlineData("any lesson", "404 lesson_not_found")]
    public async Task Tokens_that_do_not_fit_see_nothing(string kind, string refusal)
    {
        var camera = OpenSchool.NewName();
        using var publisher = await school.PublishAsync(camera);
        using var peer = new TestPeer();
        var lesson = kind == "any lesson" ? "made-up" : OpenSchool.Lesson;
        using var content = OpenSchool.Text(peer.ViewOffer(), Sdp);
        var answer = await school.SendAsync(HttpMethod.Post, $"/whep/{lesson}/{camera}", Token(kind, LessonRole.Viewer), content);
        Assert.Equal(refusal, answer.Refusal);

        using var viewer = await school.ViewAsync(camera);
        await school.StillWorksAsync();
    }

    [Fact]
    public async Task A_session_answers_only_to_its_own_token()
    {
        using var peer = new TestPeer();
        using var content = OpenSchool.Text(peer.PublishOffer(), Sdp);
        var made = await school.SendAsync(HttpMethod.Post, "/whip/demo/mine", school.Token(LessonRole.Publisher), content);
        var location = made.Headers.Single(header => header.StartsWith("Location: ", StringComparison.Ordinal))["Location: ".Length..];

        Assert.Equal("404 session_not_found", (await school.SendAsync(HttpMethod.Delete, location, school.Token(LessonRole.Publisher))).Refusal);
        Assert.Equal("404 session_not_found", (await school.SendAsync(HttpMethod.Delete, "/whip/sessions/0123", school.Token(LessonRole.Publisher))).Refusal);
        Assert.Equal("401 wrong_token", (await school.SendAsync(HttpMethod.Patch, location)).Refusal);
    }

    private string? Token(string kind, LessonRole role) => kind switch
    {
        "expired" => school.Token(role, lifetime: TimeSpan.FromSeconds(-1)),
        "forged" => school.Token(role)[..^4] + "AAAA",
        "cut off" => school.Token(role)[..20],
        "no algorithm" => "eyJhbGciOiJub25lIn0." + school.Token(role).Split('.')[1] + ".",
        "none" => null,
        "other lesson" => school.Token(role, "another"),
        "viewer" => school.Token(LessonRole.Viewer),
        "student" => school.Token(LessonRole.Student),
        _ => school.Token(role, "*"),
    };

    private async Task<string> PostAsync(string path, LessonRole role, string offer, string type = Sdp, string lesson = OpenSchool.Lesson)
    {
        using var content = OpenSchool.Text(offer, type);
        return (await school.SendAsync(HttpMethod.Post, path, school.Token(role, lesson), content)).Refusal;
    }
}
