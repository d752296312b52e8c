namespace Classroom.Data;

/// <summary>Who may delete a micro-course by hand, and when.</summary>
public static class CourseDeletion
{
    /// <summary>Being made or reviewed: others are at work on it.</summary>
    public static bool IsWorked(CourseState state) => state is CourseState.Rendering or CourseState.InReview;

    /// <summary>Its author and administrators, whatever state it is in.</summary>
    public static bool IsOwn(Caller caller, string authorId) => caller.Is(AccountRole.Administrator) || caller.AccountId == authorId;

    /// <summary>Its author while the catalogue does not have it, administrators also when it does.</summary>
    public static bool MayDelete(Caller caller, string authorId, CourseState state) =>
        IsOwn(caller, authorId) && !IsWorked(state) && (state is not CourseState.Published || caller.Is(AccountRole.Administrator));
}
