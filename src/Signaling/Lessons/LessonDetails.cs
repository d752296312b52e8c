using Classroom.Data;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live.Picture;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Classroom.Signaling.Lessons;

/// <summary>One lesson with its plan, its PIN (for those who run it) and its clashes.</summary>
internal sealed class LessonDetails(ClassroomDb db, LessonCards cards, LessonPlanning planning, IOptions<SignalingOptions> options)
{
    public async Task<LessonDetail> ReadAsync(string id, Caller caller, HttpRequest request, CancellationToken cancellationToken)
    {
        var lesson = await db.Lessons.AsNoTracking().Include(l => l.Classrooms).FirstAsync(l => l.Id == id, cancellationToken);
        var card = (await cards.ReadAsync(all => all.Where(l => l.Id == id), cancellationToken))[0];
        var pin = LessonRights.MayChange(caller, lesson) ? lesson.Pin : null;
        var clashes = lesson.State is LessonState.Planned or LessonState.Open && !lesson.IsAlwaysOpen ? await planning.ClashesAsync(lesson, cancellationToken) : [];
        return new LessonDetail(card, ToPlan(lesson), pin, pin is null ? null : JoinUrl(pin, request), clashes);
    }

    /// <summary>Where a tablet goes; by the address that people use when none is configured.</summary>
    public string JoinUrl(string pin, HttpRequest request)
    {
        var root = options.Value.PublicUrl is { Length: > 0 } configured ? configured.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
        return $"{root}/join/{pin}";
    }

    private static LessonPlan ToPlan(Lesson lesson) => new(
        lesson.Title,
        lesson.Subject,
        lesson.Grade,
        lesson.Kind,
        lesson.Codec,
        lesson.PlannedStart,
        lesson.PlannedEnd,
        lesson.TeacherAccountId,
        lesson.PairId,
        lesson.ChapterNodeId,
        [.. lesson.Classrooms.OrderByDescending(link => link.IsHost).Select(link => new PlannedClassroom(link.ClassroomId, link.IsHost, link.SchoolClassId))],
        lesson.AdmitsUnknownNames,
        RoomKindDefaults.Of(lesson));
}
