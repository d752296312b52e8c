using System.Text.Json;
using Classroom.Data;
using Classroom.Recorder.Archives;
using Classroom.Recorder.Contracts;
using Classroom.Recorder.Drafts;
using Classroom.Recorder.Pipeline.Analysis;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Http;

/// <summary>Reads recordings for pages.</summary>
internal sealed class RecordingReader(ClassroomDb db, IMediaLinks links, TimeProvider time)
{
    private const int MostRows = 200;
    private static readonly TimeSpan CoverLifetime = TimeSpan.FromHours(6);
    private static readonly TimeSpan PlayLifetime = TimeSpan.FromHours(4);

    /// <summary>Kinds that the lanes under the replay show.</summary>
    private static readonly string[] EventKinds = ["stage", "mark", "chat", "hand", "join", "leave", "recording", "confused", "lesson.started", "lesson.ended", "speaker", "surface.show", "question.ask", "unrecorded"];

    public async Task<RecordingRow[]> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (RecordingRights.MaySee(caller) is not { } visible)
        {
            return [];
        }

        var recordings = await WithLesson(db.Recordings).Where(visible).OrderByDescending(row => row.StartedAt).Take(MostRows).ToListAsync(cancellationToken);
        return await RowsAsync(recordings, cancellationToken);
    }

    /// <summary>Null when there is none that the caller may see. Each call is an access to media of minors and is logged.</summary>
    public async Task<RecordingDetail?> OpenAsync(Caller caller, string lessonId, string? address, CancellationToken cancellationToken)
    {
        if (RecordingRights.MaySee(caller) is not { } visible
            || await WithLesson(db.Recordings).Include(row => row.Tracks).Where(visible).FirstOrDefaultAsync(row => row.LessonId == lessonId, cancellationToken) is not { } recording)
        {
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        db.AccessLog.Add(new AccessLogEntry { At = now, AccountId = caller.AccountId, ObjectKind = "recording", ObjectId = lessonId, Address = address });
        await db.SaveChangesAsync(cancellationToken);

        var row = (await RowsAsync([recording], cancellationToken))[0];
        var media = links.Issue($"recordings/{lessonId}/", PlayLifetime);
        var gaps = recording.Gaps.OrderBy(gap => gap.FromMs).Select(gap => new RecordingGapInfo(gap.TrackId, gap.FromMs, gap.ToMs, gap.Reason)).ToArray();
        return new RecordingDetail(row, media, (int)PlayLifetime.TotalSeconds, await TracksAsync(recording, media, cancellationToken), gaps, await EventsAsync(lessonId, cancellationToken), Film(recording, media), await WorkAsync(lessonId, cancellationToken), Archive(recording, media));
    }

    private static RecordingArchive? Archive(Recording recording, string media)
    {
        var kept = recording.Tracks.Where(track => track.State != TrackState.Lost).ToList();
        return kept.Count > 0 && kept.TrueForAll(track => track.ObjectKey is not null)
            ? new RecordingArchive(media + SeatArchives.Address, kept.Count, kept.Sum(track => track.Bytes))
            : null;
    }

    private static RecordingFilm? Film(Recording recording, string media) =>
        recording.DraftKey is null ? null : new RecordingFilm($"{media}film/{FilmWriter.Master}", $"{media}film/chapters.{{language}}.vtt", recording.DraftDurationMs);

    private async Task<JobInfo?> WorkAsync(string lessonId, CancellationToken cancellationToken)
    {
        var job = await db.Jobs.AsNoTracking().Where(job => job.SubjectId == lessonId && (job.Kind == JobKinds.DraftFilm || job.Kind == JobKinds.FinishRecording))
            .Where(job => job.State == JobState.Queued || job.State == JobState.Running)
            .OrderByDescending(job => job.Priority).FirstOrDefaultAsync(cancellationToken);
        return job is null ? null : RecorderEndpoints.Info(job);
    }

    private static IQueryable<Recording> WithLesson(IQueryable<Recording> recordings) => recordings.AsNoTracking().AsSplitQuery()
        .Include(row => row.Gaps).Include(row => row.Lesson!.Teacher).Include(row => row.Lesson!.Classrooms).ThenInclude(link => link.Classroom!.School);

    private async Task<RecordingRow[]> RowsAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken)
    {
        var ids = recordings.Select(row => row.LessonId).ToList();
        var courses = await db.MicroCourses.Where(course => course.LessonId != null && ids.Contains(course.LessonId))
            .GroupBy(course => course.LessonId!).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var progress = await db.Jobs.Where(job => (job.Kind == JobKinds.DraftFilm || job.Kind == JobKinds.FinishRecording) && job.State == JobState.Running && ids.Contains(job.SubjectId))
            .Select(job => new { job.SubjectId, job.Progress }).ToListAsync(cancellationToken);
        return [.. recordings.Select(row => Row(row, courses.GetValueOrDefault(row.LessonId), progress.Find(job => job.SubjectId == row.LessonId)?.Progress))];
    }

    private RecordingRow Row(Recording recording, int courses, double? progress)
    {
        var lesson = recording.Lesson!;
        var schools = lesson.Classrooms.OrderByDescending(link => link.IsHost).Select(link => link.Classroom?.School?.Name ?? "").Distinct().ToArray();
        // The bell is the end for those who look, though the last files are still being closed.
        var state = recording.State is RecordingState.Capturing && lesson.State is LessonState.Ended ? RecordingState.Finishing : recording.State;
        return new RecordingRow(
            recording.LessonId, lesson.Title, lesson.Subject, lesson.Teacher?.DisplayName ?? "", schools, recording.StartedAt, recording.DurationMs, state,
            recording.CoverKey is { } cover ? links.IssueFile(cover, CoverLifetime) : null, recording.Gaps.Count, progress, recording.Error, courses);
    }

    private async Task<RecordingTrackInfo[]> TracksAsync(Recording recording, string media, CancellationToken cancellationToken)
    {
        var rooms = recording.Tracks.Select(track => track.ClassroomId).OfType<string>().Distinct().ToList();
        var schools = await db.Classrooms.Where(room => rooms.Contains(room.Id)).Select(room => new { room.Id, room.School!.Name }).ToDictionaryAsync(room => room.Id, room => room.Name, cancellationToken);
        var prefix = $"recordings/{recording.LessonId}/";
        return [.. recording.Tracks.Where(track => track.State != TrackState.Lost).OrderBy(track => SeatRefs.Of(track)).ThenBy(track => track.StartMs).Select(track => new RecordingTrackInfo(
            track.Id, SeatRefs.Of(track), track.ParticipantId, track.ClassroomId, schools.GetValueOrDefault(track.ClassroomId ?? "", ""), track.Group, track.VideoCodec,
            track.AudioCodec is not null, track.Width, track.Height, track.StartMs, track.DurationMs, Url(track.PlaylistKey), Url(track.ObjectKey),
            Url(Analysed(track, track.AudioCodec, AnalysisFiles.Peaks)), Url(Analysed(track, track.VideoCodec, AnalysisFiles.StripVtt))))];

        string? Url(string? key) => key is not null && key.StartsWith(prefix, StringComparison.Ordinal) ? media + key[prefix.Length..] : null;
    }

    private static string? Analysed(RecordingTrack track, string? codec, string file) => track.IsAnalysed && codec is not null ? AnalysisFiles.PrefixOf(track) + file : null;

    // What only the staff saw (audience) stays with the staff; a recording is not opened to anyone else. A line that was removed stays removed.
    private async Task<RecordingEvent[]> EventsAsync(string lessonId, CancellationToken cancellationToken)
    {
        var gone = await db.Timeline.Where(e => e.LessonId == lessonId && e.Kind == "chat.gone").Select(e => e.Body).ToListAsync(cancellationToken);
        var hidden = gone.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("seq").GetInt64()).ToHashSet();
        var events = await db.Timeline.Where(e => e.LessonId == lessonId && EventKinds.Contains(e.Kind) && (e.Audience == "all" || e.Audience == "staff"))
            .OrderBy(e => e.Seq).Select(e => new { e.Seq, e.At, e.Who, e.Kind, e.Body }).ToListAsync(cancellationToken);
        return [.. events.Where(e => !hidden.Contains(e.Seq)).Select(e => new RecordingEvent(e.At, e.Who, e.Kind, e.Body))];
    }
}
