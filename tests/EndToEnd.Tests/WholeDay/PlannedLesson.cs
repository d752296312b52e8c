using Classroom.Data;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.Library.Contracts;
using Classroom.Signaling.Contracts;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>A lesson of the two demo schools that is about to begin.</summary>
/// <param name="Title">Words that the catalogue must find afterwards.</param>
public sealed record PlannedLesson(string Id, string Pin, string Title, PointInfo Point)
{
    public const string HostRoom = "room-xinghai-1";
    public const string FarRoom = "room-songtao-1";

    public static async Task<PlannedLesson> PlanAsync(ServerCalls teacher, LessonCodec codec = LessonCodec.H264)
    {
        var nodes = await teacher.GetAsync<TreeNode[]>("/api/catalogue/tree");
        var chapter = nodes.First(node => node.Name == "方程的意义");
        var points = await teacher.GetAsync<PointInfo[]>($"/api/catalogue/points?node={chapter.Id}");
        var now = DateTime.UtcNow;
        var plan = new LessonPlan(
            "天平与方程", "数学", "五年级", RoomKind.Synchronous, codec, now.AddMinutes(5), now.AddMinutes(45), TeacherAccountId: null, "pair-xinghai-songtao", chapter.Id,
            [new PlannedClassroom(HostRoom, IsHost: true, "class-xinghai-51"), new PlannedClassroom(FarRoom, IsHost: false, "class-songtao-51")], AdmitsUnknownNames: true);
        var detail = await teacher.PostAsync<LessonDetail>("/api/lessons", plan);
        return new PlannedLesson(detail.Card.Id, detail.Pin!, plan.Title, points[0]);
    }
}
