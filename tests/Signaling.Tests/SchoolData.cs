using Classroom.Data;
using Classroom.Signaling.Accounts;
using Classroom.TestKit;

namespace Classroom.Signaling.Tests;

/// <summary>Two regions, two paired schools with a classroom each, people of every role, a class with a roster, and lessons.</summary>
internal sealed class SchoolData
{
    private static readonly string TestHash = HashOnce();

    public Region Region { get; } = new() { Id = "region-1", Name = "园区教育局" };
    public Region FarRegion { get; } = new() { Id = "region-2", Name = "松桃县教育局" };
    public School Host { get; } = new() { Id = "school-1", RegionId = "region-1", Name = "园区星海小学", ShortName = "星海" };
    public School Far { get; } = new() { Id = "school-2", RegionId = "region-2", Name = "松桃实验小学", ShortName = "松桃" };
    public ClassroomRoom HostRoom { get; } = new() { Id = "room-1", SchoolId = "school-1", Name = "录播教室1", Seats = "TeacherCloseUp,StudentPanorama,Courseware" };
    public ClassroomRoom FarRoom { get; } = new() { Id = "room-2", SchoolId = "school-2", Name = "录播教室1", Seats = "TeacherCloseUp,StudentPanorama" };
    public SchoolClass HostClass { get; } = new() { Id = "class-1", SchoolId = "school-1", Name = "五年级1班" };
    public Pupil Pupil { get; } = new() { Id = "pupil-1", SchoolClassId = "class-1", Number = "1", Name = "小明" };
    public Account Teacher { get; } = Person("teacher1", "张老师", AccountRole.Teacher, "school-1");
    public Account OtherTeacher { get; } = Person("teacher2", "李老师", AccountRole.Teacher, "school-2");

    /// <summary>Starts ten minutes from now, forty minutes long, in both classrooms; its PIN is 111111.</summary>
    public Lesson Lesson { get; private set; } = null!;

    /// <summary>Always open; its PIN is 222222.</summary>
    public Lesson Demo { get; private set; } = null!;

    public static async Task<SchoolData> CreateAsync(TestDatabase database, StillTime time)
    {
        var data = new SchoolData();
        var start = time.UtcNow.AddMinutes(10);
        data.Lesson = data.MakeLesson("lesson-1", "分数的意义", start, "111111");
        data.Demo = data.MakeLesson("demo", "演示课", start, "222222");
        data.Demo.IsAlwaysOpen = true;
        await using var db = database.Create();
        db.AddRange(data.Region, data.FarRegion, data.Host, data.Far, data.HostRoom, data.FarRoom, data.HostClass, data.Pupil);
        await db.SaveChangesAsync();
        db.AddRange(
            data.Teacher,
            data.OtherTeacher,
            Person("admin", "管理员", AccountRole.Administrator, null),
            Person("student1", "小红", AccountRole.Student, "school-1"),
            Person("technician", "技术员", AccountRole.Technician, "school-1"),
            Person("supervisor", "教研员", AccountRole.Supervisor, null),
            Person("editor", "编辑", AccountRole.Editor, "school-1"),
            Person("reviewer", "审核员", AccountRole.Reviewer, null));
        await db.SaveChangesAsync();
        db.AddRange(data.Lesson, data.Demo);
        await db.SaveChangesAsync();
        return data;
    }

    private static Account Person(string userName, string name, AccountRole role, string? schoolId) => new()
    {
        Id = $"account-{userName}",
        UserName = userName,
        DisplayName = name,
        Role = role,
        SchoolId = schoolId,
        PasswordHash = TestHash,
    };

    private static string HashOnce()
    {
        var account = new Account { UserName = "", DisplayName = "" };
        new Passwords().Set(account, TestSchool.Password, mustChange: false);
        return account.PasswordHash;
    }

    private Lesson MakeLesson(string id, string title, DateTime start, string pin) => new()
    {
        Id = id,
        Title = title,
        Subject = "数学",
        Grade = "五年级",
        PlannedStart = start,
        PlannedEnd = start.AddMinutes(40),
        TeacherAccountId = Teacher.Id,
        Pin = pin,
        Classrooms =
        [
            new LessonClassroom { LessonId = id, ClassroomId = HostRoom.Id, IsHost = true, SchoolClassId = HostClass.Id },
            new LessonClassroom { LessonId = id, ClassroomId = FarRoom.Id },
        ],
    };
}
