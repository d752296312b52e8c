using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Picture;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Lessons;

/// <summary>Checks a plan, writes it to a lesson, and finds what it clashes with.</summary>
internal sealed class LessonPlanning(ClassroomDb db, TimeProvider time)
{
    private const int LongestTitle = 100;
    private const int MostClassrooms = 12;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>Empty when the plan can be written.</summary>
    public async Task<List<ApiProblemField>> ComplaintsAsync(LessonPlan plan, Lesson lesson, CancellationToken cancellationToken)
    {
        List<ApiProblemField> fields = [];
        Check((plan.Title ?? "").Trim().Length is > 0 and <= LongestTitle, "title", $"A title has 1 to {LongestTitle} characters.");
        Check((plan.Subject ?? "").Length <= 32, "subject", "A subject has at most 32 characters.");
        Check((plan.Grade ?? "").Length <= 32, "grade", "A grade has at most 32 characters.");
        Check(plan.PlannedEnd > plan.PlannedStart, "plannedEnd", "The end must be after the start.", "end_before_start");
        Check(plan.PlannedEnd - plan.PlannedStart <= Longest, "plannedEnd", "A lesson is at most eight hours long.", "lesson_too_long");
        Check(lesson.IsAlwaysOpen || Utc(plan.PlannedEnd) > time.GetUtcNow().UtcDateTime, "plannedEnd", "The end must lie in the future.", "end_in_past");
        Check(plan.Settings is null || RoomKindDefaults.IsValid(plan.Settings), "settings", "These settings are not known.");
        await CheckClassroomsAsync(plan.Classrooms ?? [], (holds, field, message) => Check(holds, field, message), cancellationToken);
        var teacher = plan.TeacherAccountId;
        Check(
            teacher is not null && await db.Accounts.AnyAsync(a => a.Id == teacher && !a.IsDisabled && (a.Role == AccountRole.Teacher || a.Role == AccountRole.Administrator), cancellationToken),
            "teacherAccountId",
            "There is no such teacher.");
        Check(plan.PairId is null || await db.Pairs.AnyAsync(pair => pair.Id == plan.PairId, cancellationToken), "pairId", "There is no such pair.");
        Check(plan.ChapterNodeId is null || await db.CatalogueNodes.AnyAsync(node => node.Id == plan.ChapterNodeId, cancellationToken), "chapterNodeId", "There is no such chapter.");
        return fields;

        void Check(bool holds, string field, string message, string code = "")
        {
            if (!holds)
            {
                fields.Add(new ApiProblemField(field, message, code));
            }
        }
    }

    public static void Write(LessonPlan plan, Lesson lesson)
    {
        lesson.Title = plan.Title.Trim();
        lesson.Subject = (plan.Subject ?? "").Trim();
        lesson.Grade = (plan.Grade ?? "").Trim();
        lesson.Kind = plan.Kind;
        lesson.Codec = plan.Codec;
        lesson.PlannedStart = Utc(plan.PlannedStart);
        lesson.PlannedEnd = Utc(plan.PlannedEnd);
        lesson.TeacherAccountId = plan.TeacherAccountId;
        lesson.PairId = plan.PairId;
        lesson.ChapterNodeId = plan.ChapterNodeId;
        lesson.AdmitsUnknownNames = plan.AdmitsUnknownNames;
        lesson.Settings = plan.Settings is null ? "" : RoomKindDefaults.Changed(plan.Kind, plan.Settings);
        lesson.Classrooms.RemoveAll(link => !plan.Classrooms.Any(planned => planned.ClassroomId == link.ClassroomId));
        foreach (var planned in plan.Classrooms)
        {
            var link = lesson.Classrooms.Find(old => old.ClassroomId == planned.ClassroomId);
            if (link is null)
            {
                lesson.Classrooms.Add(link = new LessonClassroom { LessonId = lesson.Id, ClassroomId = planned.ClassroomId });
            }

            link.IsHost = planned.IsHost;
            link.SchoolClassId = planned.SchoolClassId;
        }
    }

    /// <summary>Other lessons at the same time with the same teacher or classroom. A warning, not a refusal: people know why.</summary>
    public async Task<ClashWarning[]> ClashesAsync(Lesson lesson, CancellationToken cancellationToken)
    {
        var rooms = lesson.Classrooms.ConvertAll(link => link.ClassroomId);
        var others = await db.Lessons.AsNoTracking()
            .Include(other => other.Teacher)
            .Include(other => other.Classrooms).ThenInclude(link => link.Classroom).ThenInclude(classroom => classroom!.School)
            .Where(other => other.Id != lesson.Id && !other.IsAlwaysOpen
                && (other.State == LessonState.Planned || other.State == LessonState.Open || other.State == LessonState.Live)
                && other.PlannedStart < lesson.PlannedEnd && other.PlannedEnd > lesson.PlannedStart
                && (other.TeacherAccountId == lesson.TeacherAccountId || other.Classrooms.Any(link => rooms.Contains(link.ClassroomId))))
            .OrderBy(other => other.PlannedStart)
            .Take(20)
            .ToListAsync(cancellationToken);
        return [.. others.SelectMany(other => Clashes(lesson, rooms, other))];
    }

    private static IEnumerable<ClashWarning> Clashes(Lesson lesson, List<string> rooms, Lesson other)
    {
        if (other.TeacherAccountId is not null && other.TeacherAccountId == lesson.TeacherAccountId)
        {
            yield return new ClashWarning("teacher", other.Teacher?.DisplayName ?? "", other.Id, other.Title);
        }

        foreach (var link in other.Classrooms.Where(link => rooms.Contains(link.ClassroomId)))
        {
            yield return new ClashWarning("classroom", $"{link.Classroom?.School?.ShortName} {link.Classroom?.Name}".Trim(), other.Id, other.Title);
        }
    }

    private async Task CheckClassroomsAsync(PlannedClassroom[] classrooms, Action<bool, string, string> check, CancellationToken cancellationToken)
    {
        var ids = classrooms.Select(classroom => classroom.ClassroomId).ToList();
        check(ids.Count is > 0 and <= MostClassrooms, "classrooms", $"A lesson has 1 to {MostClassrooms} classrooms.");
        check(ids.Distinct().Count() == ids.Count, "classrooms", "A classroom can be in a lesson only once.");
        check(classrooms.Count(classroom => classroom.IsHost) == 1, "classrooms", "One classroom hosts the lesson.");
        check(await db.Classrooms.CountAsync(classroom => ids.Contains(classroom.Id), cancellationToken) == ids.Distinct().Count(), "classrooms", "There is no such classroom.");
        var classes = classrooms.Where(classroom => classroom.SchoolClassId is not null).Select(classroom => classroom.SchoolClassId!).Distinct().ToList();
        check(await db.Classes.CountAsync(schoolClass => classes.Contains(schoolClass.Id), cancellationToken) == classes.Count, "classrooms", "There is no such class.");
    }

    private static DateTime Utc(DateTime value) => value.Kind switch
    {
        DateTimeKind.Utc => value,
        DateTimeKind.Local => value.ToUniversalTime(),
        _ => DateTime.SpecifyKind(value, DateTimeKind.Utc),
    };
}
