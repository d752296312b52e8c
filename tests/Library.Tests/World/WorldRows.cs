using Classroom.Data;

namespace Classroom.Library.Tests.World;

/// <summary>The rows every library test starts with.</summary>
internal static class WorldRows
{
    public const string CloseUp = "room1/TeacherCloseUp";
    public const string Students = "room2/StudentPanorama";

    public static async Task AddAsync(ClassroomDb db, DateTime now)
    {
        db.Regions.Add(new Region { Id = "region", Name = "园区教育局" });
        db.Schools.AddRange(
            new School { Id = "xinghai", RegionId = "region", Name = "园区星海小学", ShortName = "星海" },
            new School { Id = "songtao", RegionId = "region", Name = "松桃实验小学", ShortName = "松桃" });
        db.Classrooms.AddRange(
            new ClassroomRoom { Id = "room1", SchoolId = "xinghai", Name = "录播教室1" },
            new ClassroomRoom { Id = "room2", SchoolId = "songtao", Name = "录播教室1" });
        AddAccounts(db, now);
        AddTree(db);
        AddLesson(db, now);
        await db.SaveChangesAsync();
    }

    /// <summary>A published course, without the long way there; LibraryWorld.IndexAsync brings it into the catalogue.</summary>
    public static MicroCourse AddPublished(
        ClassroomDb db, string id, string title, DateTime at, string nodeId = "equation", string schoolId = "xinghai", CourseType type = CourseType.Subject, params string[] points)
    {
        var rendition = NewRendition(id, at);
        var course = new MicroCourse
        {
            Id = id,
            Title = title,
            AuthorAccountId = "editor",
            TeacherName = "张老师",
            SchoolId = schoolId,
            NodeId = nodeId,
            Type = type,
            State = CourseState.Published,
            RenditionId = rendition.Id,
            CreatedAt = at,
            UpdatedAt = at,
            PublishedAt = at,
            Points = [.. points.Select(point => new MicroCoursePoint { MicroCourseId = id, KnowledgePointId = point })],
        };
        db.Renditions.Add(rendition);
        db.MicroCourses.Add(course);
        return course;
    }

    public static Rendition NewRendition(string courseId, DateTime now) => new()
    {
        Id = $"film-{courseId}",
        MicroCourseId = courseId,
        HlsKey = $"courses/{courseId}/film/master.m3u8",
        Mp4Key = $"courses/{courseId}/film/film.mp4",
        CoverKey = $"courses/{courseId}/film/cover.jpg",
        StoryboardKey = $"courses/{courseId}/film/storyboard.jpg",
        StoryboardVttKey = $"courses/{courseId}/film/storyboard.vtt",
        DurationMs = 20_000,
        Width = 1280,
        Height = 720,
        CreatedAt = now,
    };

    private static void AddAccounts(ClassroomDb db, DateTime now)
    {
        (string Id, string Name, AccountRole Role)[] accounts =
        [
            ("teacher", "张老师", AccountRole.Teacher), ("other-teacher", "李老师", AccountRole.Teacher), ("editor", "资源编辑", AccountRole.Editor),
            ("reviewer", "教研员", AccountRole.Reviewer), ("admin", "管理员", AccountRole.Administrator), ("student", "王子涵", AccountRole.Student),
        ];
        db.Accounts.AddRange(accounts.Select(account => new Account
        {
            Id = account.Id,
            UserName = account.Id,
            DisplayName = account.Name,
            Role = account.Role,
            SchoolId = "xinghai",
            CreatedAt = now,
        }));
    }

    /// <summary>小学 › 五年级 › 数学 › 简易方程 › (等式 | 方程), and 初中 › 函数; "old-equation" was merged into 方程.</summary>
    private static void AddTree(ClassroomDb db)
    {
        db.CatalogueNodes.AddRange(
            new CatalogueNode { Id = "primary", Kind = NodeKind.Stage, Name = "小学" },
            new CatalogueNode { Id = "grade5", ParentId = "primary", Kind = NodeKind.Grade, Name = "五年级" },
            new CatalogueNode { Id = "maths", ParentId = "grade5", Kind = NodeKind.Subject, Name = "数学" },
            new CatalogueNode { Id = "unit", ParentId = "maths", Kind = NodeKind.Unit, Name = "简易方程" },
            new CatalogueNode { Id = "equation", ParentId = "unit", Kind = NodeKind.Section, Name = "方程的意义", Order = 1 },
            new CatalogueNode { Id = "equality", ParentId = "unit", Kind = NodeKind.Section, Name = "等式的性质", Order = 0 },
            new CatalogueNode { Id = "old-equation", ParentId = "unit", Kind = NodeKind.Section, Name = "方程", RedirectToId = "equation" },
            new CatalogueNode { Id = "secondary", Kind = NodeKind.Stage, Name = "初中", Order = 1 },
            new CatalogueNode { Id = "function", ParentId = "secondary", Kind = NodeKind.Unit, Name = "函数" });
        db.KnowledgePoints.AddRange(
            new KnowledgePoint { Id = "p-equation", NodeId = "equation", Name = "方程的辨认" },
            new KnowledgePoint { Id = "p-equality", NodeId = "equality", Name = "等式的性质一" },
            new KnowledgePoint { Id = "p-function", NodeId = "function", Name = "函数的概念" });
    }

    private static void AddLesson(ClassroomDb db, DateTime now)
    {
        db.Lessons.Add(new Lesson
        {
            Id = "lesson",
            Title = "方程的意义",
            Subject = "数学",
            State = LessonState.Ended,
            PlannedStart = now,
            PlannedEnd = now.AddMinutes(40),
            StartedAt = now,
            TeacherAccountId = "teacher",
            ChapterNodeId = "equation",
            Classrooms = [new() { LessonId = "lesson", ClassroomId = "room1", IsHost = true }, new() { LessonId = "lesson", ClassroomId = "room2" }],
        });
        db.Recordings.Add(new Recording
        {
            LessonId = "lesson",
            State = RecordingState.Ready,
            StartedAt = now,
            DurationMs = 2_400_000,
            Tracks = [NewTrack("room1", "TeacherCloseUp"), NewTrack("room2", "StudentPanorama")],
        });
    }

    private static RecordingTrack NewTrack(string classroomId, string group) => new()
    {
        LessonId = "lesson",
        ParticipantId = $"station-{classroomId}",
        ClassroomId = classroomId,
        Group = group,
        VideoCodec = "H264",
        State = TrackState.Stored,
        DurationMs = 2_400_000,
    };
}
