using Classroom.Data;

namespace Classroom.Library;

/// <summary>Who may do what with a micro-course. Everything else is refused.</summary>
internal static class CourseRights
{
    /// <summary>Cut a lesson: its teacher, editors, administrators.</summary>
    public static bool MayCut(Caller caller, string? lessonTeacherId) =>
        caller.Is(AccountRole.Editor, AccountRole.Administrator) || (caller.Is(AccountRole.Teacher) && caller.AccountId == lessonTeacherId);

    /// <summary>Change, render, submit and withdraw: the author and those who may cut its lesson.</summary>
    public static bool MayEdit(Caller caller, MicroCourse course) =>
        caller.AccountId == course.AuthorAccountId || MayCut(caller, course.Lesson?.TeacherAccountId);

    /// <summary>Watch it: everybody who is signed in, once it is published.</summary>
    public static bool MayPlay(Caller caller, MicroCourse course) => course.State == CourseState.Published || MaySeeDraft(caller, course);

    /// <summary>See it before it is published.</summary>
    public static bool MaySeeDraft(Caller caller, MicroCourse course) => IsReviewer(caller) || MayEdit(caller, course);

    /// <summary>Let everybody watch it without signing in: never its teacher alone.</summary>
    public static bool MayOpen(Caller caller) => caller.Is(AccountRole.Editor, AccountRole.Administrator);

    public static bool IsReviewer(Caller caller) => caller.Is(AccountRole.Reviewer, AccountRole.Administrator);

    /// <summary>Its author, or the teacher who is seen in it.</summary>
    public static bool IsOwn(Caller caller, MicroCourse course) =>
        caller.AccountId == course.AuthorAccountId || caller.AccountId == course.Lesson?.TeacherAccountId;
}
