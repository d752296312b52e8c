using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.TestKit;
using Classroom.TestKit.Hub;

namespace Classroom.Benchmarks.Lesson;

/// <summary>A lesson on a running server that a teacher has opened, and the ways into it.</summary>
internal sealed class LoadedLesson : IDisposable
{
    private const string HostRoom = "room-xinghai-1";
    private const string FarRoom = "room-songtao-1";
    private readonly HttpClient _teacher;
    private readonly LessonDetail _detail;

    private LoadedLesson(HttpClient teacher, LessonDetail detail) => (_teacher, _detail) = (teacher, detail);

    public string Id => _detail.Card.Id;

    private Uri Hub => new(_teacher.BaseAddress!, "/hubs/classroom");

    public static async Task<LoadedLesson> OpenAsync(ServerProcess server)
    {
        var teacher = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
        await PostAsync<JsonElement>(teacher, "/api/sign-in", new SignInRequest("teacher1", "classroom"));
        var now = DateTime.UtcNow;
        var plan = new LessonPlan(
            "天平与方程", "数学", "五年级", RoomKind.Synchronous, LessonCodec.H264, now.AddMinutes(10), now.AddMinutes(50), TeacherAccountId: null, "pair-xinghai-songtao", ChapterNodeId: null,
            [new PlannedClassroom(HostRoom, IsHost: true, "class-xinghai-51"), new PlannedClassroom(FarRoom, IsHost: false, "class-songtao-51")], AdmitsUnknownNames: true);
        var detail = await PostAsync<LessonDetail>(teacher, "/api/lessons", plan);
        await PostAsync<JsonElement>(teacher, $"/api/lessons/{detail.Card.Id}/open", new { });
        return new LoadedLesson(teacher, detail);
    }

    public async Task<LoadedPage> TeacherAsync(Spread delays) => await LoadedPage.JoinAsync(
        Hub, (await PostAsync<JoinTicket>(_teacher, $"/api/lessons/{Id}/token", new TokenRequest(LessonRole.Teacher, null))).Token, delays);

    /// <summary>By the PIN and a name, as tablets come.</summary>
    public async Task<LoadedPage> TabletAsync(string name, Spread delays) => await LoadedPage.JoinAsync(
        Hub, (await PostAsync<JoinTicket>(_teacher, "/api/join", new JoinByPin(_detail.Pin!, name))).Token, delays);

    public void Dispose() => _teacher.Dispose();

    private static async Task<T> PostAsync<T>(HttpClient client, string path, object body)
    {
        using var reply = await client.PostAsJsonAsync(path, body, HubClient.Json);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<T>(HubClient.Json))!;
    }
}
