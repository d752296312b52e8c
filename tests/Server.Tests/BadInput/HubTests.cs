using System.Text.Json;
using Classroom.Signaling.Contracts;
using Classroom.TestKit.Hub;

namespace Classroom.Server.Tests.BadInput;

/// <summary>What a page may send wrong to the lesson's hub, and what it is told.</summary>
[Collection(typeof(OpenSchoolCollection))]
public sealed class HubTests(OpenSchool school)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Hub => new(school.Host.Address("http"), "/hubs/classroom");

    [Theory]
    [InlineData("none")]
    [InlineData("expired")]
    [InlineData("forged")]
    [InlineData("garbage")]
    public async Task Without_a_valid_token_there_is_no_connection(string kind)
    {
        var token = kind switch
        {
            "expired" => school.Token(LessonRole.Teacher, lifetime: TimeSpan.FromSeconds(-1)),
            "forged" => school.Token(LessonRole.Teacher)[..^4] + "AAAA",
            "garbage" => "%00..%ff",
            _ => "",
        };
        var answer = await school.SendAsync(HttpMethod.Post, $"/hubs/classroom/negotiate?negotiateVersion=1&access_token={token}");
        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task A_lesson_that_does_not_exist_is_named()
    {
        await using var hub = await HubClient.ConnectAsync(Hub, school.Token(LessonRole.Teacher, "nothing"), Cancel);
        Assert.Equal("lesson_not_found", await RefusalAsync(hub, "Join", new JoinRequest(null, 0, "老师")));
    }

    [Fact]
    public async Task Nothing_is_done_for_a_page_that_has_not_joined()
    {
        await using var hub = await HubClient.ConnectAsync(Hub, school.Token(LessonRole.Teacher), Cancel);
        Assert.Equal("not_joined", await RefusalAsync(hub, "Chat", "k1", "你好"));
    }

    [Theory]
    [InlineData("StartLesson")]
    [InlineData("EndLesson")]
    [InlineData("LockDoor", true)]
    [InlineData("Remove", "somebody")]
    [InlineData("PauseRecording", "why")]
    public async Task A_student_cannot_teach(string method, params object[] arguments)
    {
        await using var hub = await JoinAsync(LessonRole.Student);
        Assert.Equal("not_allowed", await RefusalAsync(hub, method, ["key", .. arguments]));
    }

    [Fact]
    public async Task Commands_with_nonsense_are_refused_and_the_page_stays()
    {
        await using var hub = await JoinAsync(LessonRole.Teacher);
        Assert.Equal("bad_request", await RefusalAsync(hub, "Chat", "k1", ""));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Chat", null, "你好"));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Chat", new string('k', 5000), "你好"));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Chat", "k2", new string('长', 10_000)));
        Assert.Equal("unknown_participant", await RefusalAsync(hub, "Stage", "k3", new StageTarget("nobody", "camera")));
        Assert.Equal("unknown_participant", await RefusalAsync(hub, "Mute", "k4", "nobody", true));
        Assert.Equal("bad_sdp", await RefusalAsync(hub, "Publish", new PublishRequest("garbage", new() { ["0"] = "camera" })));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Publish", new PublishRequest("", [])));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Publish", (object?)null));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Subscribe", (object?)null));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Subscribe", (object)Enumerable.Repeat("p", 300).ToArray()));
        Assert.Equal("bad_request", await RefusalAsync(hub, "Subscribe", (object)new string?[] { null }));
        Assert.Equal("bad_request", await RefusalAsync(hub, "ReportLink", (object?)null));
        await RefusalAsync(hub, "Subscribe", 17);
        await RefusalAsync(hub, "NoSuchMethod");
        await RefusalAsync(hub, "Chat", "too", "many", "arguments");
        Assert.True((await hub.CallAsync<Ack>("Chat", "k9", "还在")).Seq > 0);
    }

    [Fact]
    public async Task Who_chats_too_fast_is_told_and_stays()
    {
        await using var hub = await JoinAsync(LessonRole.Student);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(index => RefusalAsync(hub, "Chat", $"fast-{index}", "快")));

        Assert.Contains("too_fast", answers);
        Assert.True(answers.Count(answer => answer.StartsWith("accepted", StringComparison.Ordinal)) >= 5, string.Join(' ', answers));
        Assert.All(answers, answer => Assert.True(answer == "too_fast" || answer.StartsWith("accepted", StringComparison.Ordinal), answer));
        Assert.True((await hub.CallAsync<Ack>("RaiseHand", "hand", true, null)).Seq > 0);
        await school.StillWorksAsync();
    }

    [Fact]
    public async Task A_message_of_1_MB_ends_that_page_s_connection_only()
    {
        await using var other = await JoinAsync(LessonRole.Teacher);
        await using (var hub = await JoinAsync(LessonRole.Teacher))
        {
            Assert.Equal("connection_closed", await RefusalAsync(hub, "Chat", "k1", new string('x', 1024 * 1024)));
        }

        Assert.True((await other.CallAsync<Ack>("Chat", "k2", "还在")).Seq > 0);
        await school.StillWorksAsync();
    }

    private async Task<HubClient> JoinAsync(LessonRole role)
    {
        var hub = await HubClient.ConnectAsync(Hub, school.Token(role), Cancel);
        await hub.CallAsync<JoinReply>("Join", new JoinRequest(null, 0, "小明"));
        return hub;
    }

    private static async Task<string> RefusalAsync(HubClient hub, string method, params object?[] arguments)
    {
        try
        {
            return "accepted: " + JsonSerializer.Serialize(await hub.CallAsync(method, arguments));
        }
        catch (HubRefusal refusal)
        {
            return refusal.Message;
        }
    }
}
