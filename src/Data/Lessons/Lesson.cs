namespace Classroom.Data;

/// <summary>Where a lesson is on its way. Live means the bell has rung and recording is due.</summary>
public enum LessonState { Planned, Open, Live, Ended, Cancelled }

/// <summary>Room kinds after 教科技〔2020〕3号: 专递课堂, 名师课堂, 名校网络课堂, 同步课堂, 教研, 活动直播.</summary>
public enum RoomKind { Dedicated, MasterTeacher, SchoolNetwork, Synchronous, Research, Event }

/// <summary>What a lesson's classrooms publish. H.264 recordings become films without encoding; VP8 serves browsers without H.264.</summary>
public enum LessonCodec { H264, Vp8 }

public sealed class Lesson
{
    public string Id { get; set; } = Ids.New();
    public required string Title { get; set; }
    public string Subject { get; set; } = "";
    public string Grade { get; set; } = "";
    public RoomKind Kind { get; set; } = RoomKind.Synchronous;
    public LessonCodec Codec { get; set; } = LessonCodec.H264;
    public LessonState State { get; set; } = LessonState.Planned;

    /// <summary>The bell (UTC).</summary>
    public DateTime PlannedStart { get; set; }
    public DateTime PlannedEnd { get; set; }
    public DateTime? OpenedAt { get; set; }

    /// <summary>Zero of the lesson clock (UTC).</summary>
    public DateTime? StartedAt { get; set; }
    public DateTime? EndedAt { get; set; }

    public string? TeacherAccountId { get; set; }
    public Account? Teacher { get; set; }
    public string? PairId { get; set; }
    public string? ChapterNodeId { get; set; }
    public List<LessonClassroom> Classrooms { get; set; } = [];

    /// <summary>Six digits that tablets join with; null: no tablet may join.</summary>
    public string? Pin { get; set; }
    public DateTime? PinExpiresAt { get; set; }
    public bool IsDoorLocked { get; set; }

    /// <summary>Names that are not on the roster may join without asking the teacher.</summary>
    public bool AdmitsUnknownNames { get; set; } = true;

    /// <summary>Recording was paused by the teacher; the gap is open.</summary>
    public string? RecordingPausedReason { get; set; }

    /// <summary>What differs from the room kind's defaults of rights and layout, JSON; empty: nothing.</summary>
    public string Settings { get; set; } = "";

    /// <summary>Never ends by itself and is never recorded as held: the demo lesson and ad hoc rooms.</summary>
    public bool IsAlwaysOpen { get; set; }
}

/// <summary>A classroom of a lesson: one host (主讲), any number of listeners (听讲).</summary>
public sealed class LessonClassroom
{
    public required string LessonId { get; set; }
    public required string ClassroomId { get; set; }
    public ClassroomRoom? Classroom { get; set; }
    public bool IsHost { get; set; }

    /// <summary>The class that sits in it, for the roster.</summary>
    public string? SchoolClassId { get; set; }
}

/// <summary>Someone removed from a lesson, who cannot come back.</summary>
public sealed class LessonBan
{
    public required string LessonId { get; set; }

    /// <summary>Participant id, and for tablets also "pupil:{id}" or "name:{name}".</summary>
    public required string Key { get; set; }
    public DateTime At { get; set; }
}

/// <summary>One event of a lesson's timeline: the lesson's spine, and the only store of live state.</summary>
public sealed class TimelineEvent
{
    public required string LessonId { get; set; }

    /// <summary>1, 2, 3 … in the lesson, without holes.</summary>
    public long Seq { get; set; }

    /// <summary>Milliseconds on the lesson clock; negative before the bell.</summary>
    public long At { get; set; }

    /// <summary>Participant id, or "server".</summary>
    public required string Who { get; set; }
    public required string Kind { get; set; }

    /// <summary>JSON, its shape given by the kind.</summary>
    public required string Body { get; set; }

    /// <summary>"all", "staff" (teacher and observers), or one participant id.</summary>
    public string Audience { get; set; } = "all";

    /// <summary>The caller's idempotency key: the same key from the same participant is applied once.</summary>
    public string? Key { get; set; }
}
