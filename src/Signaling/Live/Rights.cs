using System.Collections.Frozen;
using Classroom.Signaling.Contracts;
using static Classroom.Signaling.Contracts.LessonRole;

namespace Classroom.Signaling.Live;

/// <summary>Which lesson role may call which hub method. What is not in the table is refused.</summary>
internal static class Rights
{
    private static readonly LessonRole[] Everyone = [Teacher, Station, Student, Observer, Publisher, Viewer];

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
        [nameof(IClassroomHub.Confused)] = [Student],

        [nameof(IClassroomHub.StartLesson)] = [Teacher],
        [nameof(IClassroomHub.ExtendLesson)] = [Teacher],
        [nameof(IClassroomHub.EndLesson)] = [Teacher],
        [nameof(IClassroomHub.Stage)] = [Teacher],
        [nameof(IClassroomHub.Mark)] = [Teacher],
        [nameof(IClassroomHub.Mute)] = [Teacher],
        [nameof(IClassroomHub.Remove)] = [Teacher],
        [nameof(IClassroomHub.LockDoor)] = [Teacher],
        [nameof(IClassroomHub.AdmitUnknownNames)] = [Teacher],
        [nameof(IClassroomHub.Admit)] = [Teacher],
        [nameof(IClassroomHub.ExpirePin)] = [Teacher],
        [nameof(IClassroomHub.PauseRecording)] = [Teacher],
        [nameof(IClassroomHub.ResumeRecording)] = [Teacher],
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
