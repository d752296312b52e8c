namespace Classroom.Data;

/// <summary>What waits for somebody, or happened to what is theirs.</summary>
public enum NotificationKind { ReviewWaits, CourseApproved, CourseReturned, CoursePublished, CourseCommented, CourseAwarded, CourseDeleted }

/// <summary>A line under the bell.</summary>
public sealed class Notification
{
    private const int LongestWords = 120;

    public string Id { get; set; } = Ids.New();
    public required string AccountId { get; set; }
    public NotificationKind Kind { get; set; }
    public required string CourseId { get; set; }

    /// <summary>The course's title at that time.</summary>
    public required string Title { get; set; }

    /// <summary>The reason or the comment, shortened.</summary>
    public string Words { get; set; } = "";
    public DateTime At { get; set; }
    public bool IsRead { get; set; }

    /// <summary>Whose work this is: the author, and the teacher of the lesson that it was cut from.</summary>
    /// <param name="course">With its lesson.</param>
    public static IEnumerable<string> OwnersOf(MicroCourse course) =>
        new[] { course.AuthorAccountId, course.Lesson?.TeacherAccountId }.OfType<string>().Distinct(StringComparer.Ordinal);

    public static Notification For(string accountId, NotificationKind kind, MicroCourse course, string words, DateTime at) => new()
    {
        AccountId = accountId,
        Kind = kind,
        CourseId = course.Id,
        Title = course.Title,
        Words = words.Length > LongestWords ? words[..LongestWords] + "…" : words,
        At = at,
    };
}
