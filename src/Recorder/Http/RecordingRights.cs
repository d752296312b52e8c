using System.Linq.Expressions;
using Classroom.Data;

namespace Classroom.Recorder.Http;

/// <summary>Who may see a recording. Everyone else, students too for now, is refused.</summary>
internal static class RecordingRights
{
    /// <summary>Editors, reviewers, supervisors and administrators see all; teachers their own lessons and those of their school; technicians those of their school.</summary>
    public static Expression<Func<Recording, bool>>? MaySee(Caller caller)
    {
        var (account, school) = (caller.AccountId, caller.SchoolId);
        return caller.Role switch
        {
            AccountRole.Editor or AccountRole.Reviewer or AccountRole.Supervisor or AccountRole.Administrator => _ => true,
            AccountRole.Teacher => row => row.Lesson!.TeacherAccountId == account
                || (school != null && row.Lesson.Classrooms.Any(link => link.Classroom!.SchoolId == school)),
            AccountRole.Technician => row => school != null && row.Lesson!.Classrooms.Any(link => link.Classroom!.SchoolId == school),
            _ => null,
        };
    }

    /// <summary>Stop or repeat the work on something: who may see the recording, or the author or the teacher of the micro-course.</summary>
    public static bool MaySteerCourse(Caller caller, MicroCourse course) =>
        caller.Is(AccountRole.Editor, AccountRole.Administrator) || course.AuthorAccountId == caller.AccountId || course.Lesson?.TeacherAccountId == caller.AccountId;
}
