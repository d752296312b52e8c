using System.Collections.Frozen;
using Classroom.Signaling.Contracts;
using static Classroom.Signaling.Contracts.LessonRole;

namespace Classroom.Signaling.Live;

/// <summary>Which lesson role may call which hub method. What is not in the table is refused.</summary>
internal static class Rights
{
    private static readonly LessonRole[] Everyone = [Teacher, Station, Student, Observer, Publisher, Viewer];

    // Who can have the lead; whether somebody has it is the lesson's to say.
    private static readonly LessonRole[] Leading = [Teacher, Station, Student];

    private static readonly FrozenDictionary<string, LessonRole[]> Table = new Dictionary<string, LessonRole[]>
    {
        [nameof(IClassroomHub.Join)] = Everyone,
        [nameof(IClassroomHub.Subscribe)] = Everyone,
        [nameof(IClassroomHub.SubscribeAnswer)] = Everyone,
        [nameof(IClassroomHub.RestartSubscribe)] = Everyone,
        [nameof(IClassroomHub.ShowPictures)] = Everyone,
        [nameof(IClassroomHub.ReportLink)] = Everyone,

        // A student also has to be called to the stage, see LessonRoom.DemandMayPublishAsync.
        [nameof(IClassroomHub.Publish)] = [Teacher, Station, Student, Publisher],
        [nameof(IClassroomHub.Unpublish)] = [Teacher, Station, Student, Publisher],

        [nameof(IClassroomHub.RaiseHand)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.Chat)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.ChatTo)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.Ask)] = [Station, Student],
        [nameof(IClassroomHub.LikeAsk)] = [Station, Student],
        [nameof(IClassroomHub.React)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.Confused)] = [Student],
        [nameof(IClassroomHub.GroupPast)] = [Teacher, Station, Student, Observer],
        [nameof(IClassroomHub.Note)] = [Observer],
        [nameof(IClassroomHub.RemoveNote)] = [Observer],

        [nameof(IClassroomHub.StartLesson)] = [Teacher],
        [nameof(IClassroomHub.ExtendLesson)] = [Teacher],
        [nameof(IClassroomHub.EndLesson)] = [Teacher],
        // Only with the lead, see ILessonFloor.DemandLead.
        [nameof(IClassroomHub.Stage)] = Leading,
        [nameof(IClassroomHub.Mute)] = Leading,
        [nameof(IClassroomHub.MuteAll)] = Leading,
        [nameof(IClassroomHub.LowerHands)] = Leading,
        [nameof(IClassroomHub.HandOver)] = Leading,
        [nameof(IClassroomHub.Arrange)] = Leading,

        [nameof(IClassroomHub.ChangeSettings)] = [Teacher],
        [nameof(IClassroomHub.Mark)] = [Teacher],
        [nameof(IClassroomHub.Remove)] = [Teacher],
        [nameof(IClassroomHub.SetChatMode)] = [Teacher],
        [nameof(IClassroomHub.RemoveChat)] = [Teacher],
        [nameof(IClassroomHub.SettleAsk)] = [Teacher],
        [nameof(IClassroomHub.OpenGroups)] = [Teacher],
        [nameof(IClassroomHub.CloseGroups)] = [Teacher],
        [nameof(IClassroomHub.MoveToGroup)] = [Teacher],
        [nameof(IClassroomHub.VisitGroup)] = [Teacher],
        [nameof(IClassroomHub.SetGroupTimer)] = [Teacher],
        [nameof(IClassroomHub.LockDoor)] = [Teacher],
        [nameof(IClassroomHub.AdmitUnknownNames)] = [Teacher],
        [nameof(IClassroomHub.Admit)] = [Teacher],
        [nameof(IClassroomHub.ExpirePin)] = [Teacher],
        // Without the pen a student's ink is its own, see BoardPart.
        [nameof(IClassroomHub.Draw)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.Erase)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.Restore)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.Pass)] = [Teacher, Station, Student],
        [nameof(IClassroomHub.LinkDocument)] = [Teacher, Station, Student, Observer, Viewer],
        [nameof(IClassroomHub.ShowSurface)] = Leading,
        [nameof(IClassroomHub.LetBrowse)] = [Teacher],
        [nameof(IClassroomHub.ClearSurface)] = [Teacher],
        [nameof(IClassroomHub.GivePen)] = [Teacher],
        [nameof(IClassroomHub.ShareInk)] = [Teacher],

        [nameof(IClassroomHub.PauseRecording)] = [Teacher],
        [nameof(IClassroomHub.ResumeRecording)] = [Teacher],

        [nameof(IClassroomHub.AskQuestion)] = [Teacher],
        [nameof(IClassroomHub.AnswerQuestion)] = [Student],
        [nameof(IClassroomHub.ExtendQuestion)] = [Teacher],
        [nameof(IClassroomHub.CloseQuestion)] = [Teacher],
        [nameof(IClassroomHub.RevealQuestion)] = [Teacher],
        [nameof(IClassroomHub.FinishQuestion)] = [Teacher],
        [nameof(IClassroomHub.MarkAnswer)] = [Teacher],
        [nameof(IClassroomHub.ShowAnswer)] = [Teacher],

        // Which photo they may see, see QuestionDesk.MaySeePictureAsync.
        [nameof(IClassroomHub.AnswerPicture)] = [Teacher, Station, Student, Observer],
        [nameof(IClassroomHub.ClassRoster)] = [Teacher, Observer],

        [nameof(IClassroomHub.LockTablets)] = [Teacher],
        [nameof(IClassroomHub.PushToTablets)] = [Teacher],
        [nameof(IClassroomHub.TabletLooks)] = [Student],

        // Only the one that is on the tablets now.
        [nameof(IClassroomHub.PushedFile)] = [Teacher, Station, Student, Observer],
    }.ToFrozenDictionary();

    public static bool Allows(LessonRole role, string method) => Table.TryGetValue(method, out var roles) && roles.Contains(role);

    public static void Demand(LessonRole role, string method)
    {
        if (!Allows(role, method))
        {
            throw new Refusal(Refusal.NotAllowed);
        }
    }
}
