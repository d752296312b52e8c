using System.Reflection;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Classroom.TestKit.Hub;

namespace Classroom.Signaling.Tests.Live;

public sealed class RightsTests
{
    // T teacher, S station, P pupil (student), O observer, W publisher (WHIP), V viewer.
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["Join"] = "TSPOWV",
        ["Publish"] = "TSPW",
        ["Unpublish"] = "TSPW",
        ["Subscribe"] = "TSPOWV",
        ["SubscribeAnswer"] = "TSPOWV",
        ["RestartSubscribe"] = "TSPOWV",
        ["ShowPictures"] = "TSPOWV",
        ["StartLesson"] = "T",
        ["ExtendLesson"] = "T",
        ["EndLesson"] = "T",
        ["Stage"] = "TSP",
        ["RaiseHand"] = "TSP",
        ["Chat"] = "TSP",
        ["Mark"] = "T",
        ["Confused"] = "P",
        ["Mute"] = "TSP",
        ["MuteAll"] = "TSP",
        ["LowerHands"] = "TSP",
        ["HandOver"] = "TSP",
        ["ChatTo"] = "TSP",
        ["SetChatMode"] = "T",
        ["RemoveChat"] = "T",
        ["Ask"] = "SP",
        ["LikeAsk"] = "SP",
        ["SettleAsk"] = "T",
        ["React"] = "TSP",
        ["OpenGroups"] = "T",
        ["CloseGroups"] = "T",
        ["MoveToGroup"] = "T",
        ["VisitGroup"] = "T",
        ["SetGroupTimer"] = "T",
        ["GroupPast"] = "TSPO",
        ["Note"] = "O",
        ["RemoveNote"] = "O",
        ["Remove"] = "T",
        ["LockDoor"] = "T",
        ["AdmitUnknownNames"] = "T",
        ["Admit"] = "T",
        ["ExpirePin"] = "T",
        ["PauseRecording"] = "T",
        ["ResumeRecording"] = "T",
        ["Arrange"] = "TSP",
        ["ChangeSettings"] = "T",
        ["ReportLink"] = "TSPOWV",
        ["AskQuestion"] = "T",
        ["AnswerQuestion"] = "P",
        ["ExtendQuestion"] = "T",
        ["CloseQuestion"] = "T",
        ["RevealQuestion"] = "T",
        ["FinishQuestion"] = "T",
        ["MarkAnswer"] = "T",
        ["ShowAnswer"] = "T",
        ["AnswerPicture"] = "TSPO",
        ["ClassRoster"] = "TO",
        ["LockTablets"] = "T",
        ["PushToTablets"] = "T",
        ["TabletLooks"] = "P",
        ["PushedFile"] = "TSPO",
        ["Draw"] = "TSP",
        ["Erase"] = "TSP",
        ["Restore"] = "TSP",
        ["Pass"] = "TSP",
        ["LinkDocument"] = "TSPOV",
        ["ShowSurface"] = "TSP",
        ["LetBrowse"] = "T",
        ["ClearSurface"] = "T",
        ["GivePen"] = "T",
        ["ShareInk"] = "T",
    };

    private static readonly MethodInfo[] Methods = typeof(IClassroomHub).GetMethods();

    [Fact]
    public void Every_method_of_the_hub_is_in_the_table()
    {
        Assert.Equal(Methods.Select(method => method.Name).Order(), Expected.Keys.Order());
        Assert.False(Rights.Allows(LessonRole.Teacher, "SomethingNew"));
    }

    [Fact]
    public void The_table_allows_exactly_what_it_should()
    {
        foreach (var (method, roles) in Expected)
        {
            Assert.All(Enum.GetValues<LessonRole>(), role => Assert.Equal(roles.Contains(Letter(role)), Rights.Allows(role, method)));
        }
    }

    [Fact]
    public async Task The_hub_refuses_every_call_that_the_table_does_not_allow()
    {
        await using var school = await TestSchool.OpenAsync();
        foreach (var role in Enum.GetValues<LessonRole>())
        {
            var page = await school.JoinAsync("demo", role);
            foreach (var method in Methods.Where(method => !Expected[method.Name].Contains(Letter(role))))
            {
                object?[] arguments = [.. method.GetParameters().Select(Argument)];
                var refusal = await Assert.ThrowsAsync<HubRefusal>(() => page.Hub.CallAsync(method.Name, arguments));
                Assert.Equal((role, method.Name, "not_allowed"), (role, method.Name, refusal.Message));
            }
        }
    }

    [Fact]
    public async Task Nothing_can_be_called_before_joining()
    {
        await using var school = await TestSchool.OpenAsync();
        var page = await school.ConnectAsync(school.Token("demo", LessonRole.Teacher));
        foreach (var method in Methods.Where(method => method.Name != nameof(IClassroomHub.Join)))
        {
            object?[] arguments = [.. method.GetParameters().Select(Argument)];
            var refusal = await Assert.ThrowsAsync<HubRefusal>(() => page.Hub.CallAsync(method.Name, arguments));
            Assert.Equal((method.Name, "not_joined"), (method.Name, refusal.Message));
        }
    }

    private static char Letter(LessonRole role) => "TSPOWV"[(int)role];

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "x",
        var type when type == typeof(string[]) => Array.Empty<string>(),
        var type when type == typeof(PublishRequest) => new PublishRequest("v=0", new() { ["0"] = "camera" }),
        var type when type == typeof(LinkReport) => new LinkReport(0, 0, 0, 0, false),
        var type when type.IsValueType => Activator.CreateInstance(type),
        _ => null,
    };
}
