using System.Text.Json;
using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Drafts;

/// <summary>Begins a micro-course from the recording of a lesson, with everything filled in that the timetable knows.</summary>
internal sealed class CourseCutter(ClassroomDb db, TimeProvider time)
{
    private const int MostMarks = 500;

    public async Task<Reply<MicroCourse>> CutAsync(CourseCreate request, Caller caller, CancellationToken cancellationToken)
    {
        var lesson = await db.Lessons.AsNoTracking()
            .Include(lesson => lesson.Teacher).Include(lesson => lesson.Classrooms).ThenInclude(link => link.Classroom)
            .FirstOrDefaultAsync(lesson => lesson.Id == request.LessonId, cancellationToken);
        if (lesson is null)
        {
            return Problems.LessonNotFound;
        }

        if (!CourseRights.MayCut(caller, lesson.TeacherAccountId))
        {
            return Problems.NoRight;
        }

        var recording = await db.Recordings.AsNoTracking().Include(recording => recording.Tracks)
            .FirstOrDefaultAsync(recording => recording.LessonId == lesson.Id, cancellationToken);
        if (recording is not { State: RecordingState.Ready })
        {
            return Problems.RecordingNotReady;
        }

        if (Check(request, recording) is { Count: > 0 } wrong)
        {
            return Problems.Invalid(wrong);
        }

        var course = await NewCourseAsync(request, lesson, recording, caller, cancellationToken);
        course.Points.AddRange(await MarkedPointsAsync(course.Id, request, cancellationToken));
        db.MicroCourses.Add(course);
        await db.SaveChangesAsync(cancellationToken);
        return course;
    }

    private static List<ApiProblemField> Check(CourseCreate request, Recording recording)
    {
        var wrong = new List<ApiProblemField>();
        if (request.InMs < 0 || request.OutMs <= request.InMs || request.OutMs > recording.DurationMs)
        {
            wrong.Add(new ApiProblemField("outMs", "The cut lies within the recording and ends after it begins."));
        }

        if (request.SeatRef is not null && !Seats(recording).Contains(request.SeatRef))
        {
            wrong.Add(new ApiProblemField("seatRef", "This seat was not recorded."));
        }

        return wrong;
    }

    private async Task<MicroCourse> NewCourseAsync(CourseCreate request, Lesson lesson, Recording recording, Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var nodeExists = await db.CatalogueNodes.AnyAsync(node => node.Id == lesson.ChapterNodeId, cancellationToken);
        var seat = request.SeatRef ?? MainSeat(recording);
        var edit = seat is null ? EditList.Empty : new EditList([new EditClip(request.InMs, request.OutMs, EditLayout.Single, [seat])]);
        return new MicroCourse
        {
            LessonId = lesson.Id,
            Title = lesson.Title,
            AuthorAccountId = caller.AccountId,
            SchoolId = lesson.Classrooms.Find(link => link.IsHost)?.Classroom?.SchoolId ?? lesson.Teacher?.SchoolId ?? caller.SchoolId,
            TeacherName = lesson.Teacher?.DisplayName,
            NodeId = nodeExists ? lesson.ChapterNodeId : null,
            EditJson = edit.ToJson(),
            EditVersion = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>What the teacher marked between in and out is what the film is about, until somebody says otherwise.</summary>
    private async Task<IEnumerable<MicroCoursePoint>> MarkedPointsAsync(string courseId, CourseCreate request, CancellationToken cancellationToken)
    {
        var bodies = await db.Timeline.AsNoTracking()
            .Where(e => e.LessonId == request.LessonId && e.Kind == "mark" && e.At >= request.InMs && e.At < request.OutMs)
            .OrderBy(e => e.Seq).Select(e => e.Body).Take(MostMarks).ToListAsync(cancellationToken);
        var marked = bodies.Select(PointOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var points = await db.KnowledgePoints.Where(point => marked.Contains(point.Id)).ToListAsync(cancellationToken);
        return points.Select(point => new MicroCoursePoint { MicroCourseId = courseId, KnowledgePointId = point.Id, KnowledgePoint = point });
    }

    private static string? PointOf(string markBody)
    {
        using var body = JsonDocument.Parse(markBody);
        return body.RootElement.TryGetProperty("knowledgePointId", out var id) ? id.GetString() : null;
    }

    /// <summary>The references by which an edit list names the seats of a recording.</summary>
    public static HashSet<string> Seats(Recording recording) =>
        recording.Tracks.Where(HasPicture).Select(SeatRef).ToHashSet(StringComparer.Ordinal);

    /// <summary>The same of those that can be heard.</summary>
    public static HashSet<string> Sounds(Recording recording) =>
        recording.Tracks.Where(track => track.AudioCodec is not null && track.State != TrackState.Lost).Select(SeatRef).ToHashSet(StringComparer.Ordinal);

    /// <summary>The teacher's close-up, or else whatever was recorded longest.</summary>
    private static string? MainSeat(Recording recording) => recording.Tracks.Where(HasPicture)
        .OrderByDescending(track => track.Group == nameof(SeatKind.TeacherCloseUp)).ThenByDescending(track => track.DurationMs)
        .Select(SeatRef).FirstOrDefault();

    private static bool HasPicture(RecordingTrack track) => track.VideoCodec is not null && track.State != TrackState.Lost;

    private static string SeatRef(RecordingTrack track) => $"{track.ClassroomId ?? track.ParticipantId}/{track.Group}";
}
