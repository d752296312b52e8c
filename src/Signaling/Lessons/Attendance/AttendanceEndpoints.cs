using System.Globalization;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Classroom.Signaling.Lessons.Attendance;

/// <summary>Attendance as a page and as a file. Names of pupils: for the lesson's teacher and the bureau; a school's teachers see their own school's.</summary>
internal static class AttendanceEndpoints
{
    private static readonly string[] Chinese = ["姓名", "身份", "学号", "班级", "学校", "在场分钟", "进入", "离开", "迟到", "早退"];
    private static readonly string[] English = ["Name", "Role", "Number", "Class", "School", "Minutes present", "Came", "Left", "Late", "Left early"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/lessons/{id}/attendance", async (string id, HttpContext context, ClassroomDb db, AttendanceReader reader, CancellationToken ct) =>
            await ReadAsync(id, context, db, reader, ct) is { } found ? Results.Ok(found.Reply) : LessonEndpoints.NotFound());
        app.MapGet("/api/lessons/{id}/attendance.csv", async (string id, string? lang, HttpContext context, ClassroomDb db, AttendanceReader reader, CancellationToken ct) =>
            await ReadAsync(id, context, db, reader, ct) is { } found
                ? CsvTable.File($"attendance-{found.Lesson.PlannedStart:yyyyMMdd}.csv", ToTable(found.Reply, lang == "en"))
                : LessonEndpoints.NotFound());
    }

    private static async Task<(Lesson Lesson, AttendanceReply Reply)?> ReadAsync(string id, HttpContext context, ClassroomDb db, AttendanceReader reader, CancellationToken ct)
    {
        var caller = Caller.From(context.User)!;
        if (!caller.Is(AccountRole.Teacher, AccountRole.Supervisor, AccountRole.Administrator) || await LessonEndpoints.FindVisibleAsync(id, caller, db, ct) is not { } lesson)
        {
            return null;
        }

        // Another school's roster is not theirs to read.
        var school = caller.Role == AccountRole.Teacher && lesson.TeacherAccountId != caller.AccountId ? caller.SchoolId ?? "" : null;
        return (lesson, await reader.ReadAsync(id, school, ct));
    }

    private static IEnumerable<IReadOnlyList<string?>> ToTable(AttendanceReply reply, bool inEnglish) =>
        reply.Rows.Select(row => ToCells(row, inEnglish)).Prepend(inEnglish ? English : Chinese);

    private static string?[] ToCells(AttendanceRow row, bool inEnglish) =>
    [
        row.Name, RoleName(row.Role, inEnglish), row.Number, row.ClassName, row.SchoolName,
        (row.PresentMs / 60_000d).ToString("0.0", CultureInfo.InvariantCulture), Clock(row.FirstAt), Clock(row.LastAt),
        Tick(row.IsLate, inEnglish), Tick(row.LeftEarly, inEnglish),
    ];

    private static string RoleName(LessonRole role, bool inEnglish) => (role, inEnglish) switch
    {
        (LessonRole.Teacher, false) => "老师",
        (LessonRole.Station, false) => "教室",
        (_, false) => "学生",
        (LessonRole.Student, true) => "Pupil",
        (LessonRole.Station, true) => "Classroom",
        _ => "Teacher",
    };

    private static string Clock(long? at) => at is { } ms ? $"{ms / 60_000}:{ms / 1000 % 60:00}" : "";

    private static string Tick(bool isSo, bool inEnglish) => isSo ? (inEnglish ? "yes" : "是") : "";
}
