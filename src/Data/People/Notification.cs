namespace Classroom.Data;

/// <summary>What waits for somebody, or happened to what is theirs.</summary>
public enum NotificationKind { ReviewWaits, CourseApproved, CourseReturned, CoursePublished, CourseCommented, CourseAwarded }

/// <summary>A line under the bell.</summary>
public sealed class Notification
{
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
}
