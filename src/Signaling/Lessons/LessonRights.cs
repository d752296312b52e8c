using Classroom.Data;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Lessons;

/// <summary>Which lessons an account sees, which it may change, and as what it may enter.</summary>
internal static class LessonRights
{
    /// <summary>Administrators and people of a bureau see all (of their region); others what they teach and what their school takes part in.</summary>
    public static IQueryable<Lesson> Visible(IQueryable<Lesson> lessons, Caller caller, string? regionId)
    {
        if (caller.Role == AccountRole.Administrator || (caller.SchoolId is null && regionId is null && caller.Is(AccountRole.Supervisor, AccountRole.Technician, AccountRole.Reviewer, AccountRole.Editor)))
        {
            return lessons;
        }

        if (caller.SchoolId is null && regionId is not null && caller.Role != AccountRole.Student)
        {
            return lessons.Where(lesson => lesson.TeacherAccountId == caller.AccountId || lesson.Classrooms.Any(link => link.Classroom!.School!.RegionId == regionId));
        }

        return lessons.Where(lesson => lesson.TeacherAccountId == caller.AccountId || lesson.Classrooms.Any(link => link.Classroom!.SchoolId == caller.SchoolId));
    }

    public static bool MayPlan(Caller caller) => caller.Is(AccountRole.Teacher, AccountRole.Administrator);

    public static bool MayChange(Caller caller, Lesson lesson) =>
        caller.Role == AccountRole.Administrator || (caller.Role == AccountRole.Teacher && lesson.TeacherAccountId == caller.AccountId);

    public static bool IsTaughtBy(Caller caller, Lesson lesson) => lesson.TeacherAccountId == caller.AccountId;

    public static bool MayEnter(Caller caller, Lesson lesson, LessonRole role) => role switch
    {
        LessonRole.Teacher => MayChange(caller, lesson),
        LessonRole.Station => caller.Is(AccountRole.Technician, AccountRole.Teacher, AccountRole.Administrator),
        LessonRole.Student => caller.Role == AccountRole.Student,
        // Who teaches hears what observers wrote afterwards.
        LessonRole.Observer => !IsTaughtBy(caller, lesson) && caller.Is(AccountRole.Teacher, AccountRole.Supervisor, AccountRole.Reviewer, AccountRole.Administrator),
        _ => false,
    };
}
