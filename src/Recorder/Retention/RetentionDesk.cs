using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Recorder.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Retention;

/// <summary>What the administrator reads and decides about keeping and deleting.</summary>
internal sealed class RetentionDesk(ClassroomDb db, TimeProvider time)
{
    private const int WithinDays = 30;
    private const int MostRows = 200;

    /// <summary>Ten years.</summary>
    private const int MostDays = 3650;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<RetentionRuleInfo[]> RulesAsync(CancellationToken cancellationToken)
    {
        var rules = await db.RetentionRules.AsNoTracking().Include(rule => rule.ChangedBy).ToDictionaryAsync(rule => rule.Kind, cancellationToken);
        return [.. Enum.GetValues<RetentionKind>().Select(kind => Info(kind, rules.GetValueOrDefault(kind)))];
    }

    /// <param name="days">Null: for ever.</param>
    public async Task<ApiProblem?> ChangeAsync(RetentionKind kind, int? days, Caller caller, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MostDays)
        {
            return ApiProblem.BadRequest("invalid", "Some fields are not right.", new ApiProblemField("days", $"From 1 to {MostDays} days, or none at all."));
        }

        var rule = await db.RetentionRules.FirstOrDefaultAsync(row => row.Kind == kind, cancellationToken) ?? db.RetentionRules.Add(new RetentionRule { Kind = kind }).Entity;
        if (rule.Days != days)
        {
            (rule.Days, rule.ChangedAt, rule.ChangedByAccountId) = (days, Now, caller.AccountId);
            await db.SaveChangesAsync(cancellationToken);
        }

        return null;
    }

    public async Task<DueDeletions> DueAsync(CancellationToken cancellationToken)
    {
        var (items, total, bytes) = await RetentionPlan.DueAsync(db, Now.AddDays(WithinDays), MostRows, cancellationToken);
        return new DueDeletions([.. items], total, bytes, WithinDays);
    }

    /// <summary>Those that hold, then those that are over, newest first.</summary>
    public async Task<HoldInfo[]> HoldsAsync(CancellationToken cancellationToken)
    {
        var holds = await Holds().OrderBy(hold => hold.ReleasedAt != null).ThenByDescending(hold => hold.At).Take(MostRows).ToListAsync(cancellationToken);
        var ids = holds.Select(hold => hold.LessonId).Distinct().ToList();
        var titles = await db.Lessons.Where(lesson => ids.Contains(lesson.Id)).ToDictionaryAsync(lesson => lesson.Id, lesson => lesson.Title, cancellationToken);
        return [.. holds.Select(hold => Info(hold, titles.GetValueOrDefault(hold.LessonId, "")))];
    }

    public async Task<DeletionInfo[]> DeletionsAsync(CancellationToken cancellationToken)
    {
        var rows = await db.DeletionRecords.AsNoTracking().Include(row => row.Account).OrderByDescending(row => row.OrderedAt).Take(MostRows).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new DeletionInfo(
            row.Id, row.Kind, row.Title, row.Cause, row.Days, row.Account?.DisplayName ?? "", row.Reason, row.OrderedAt, row.DoneAt, row.Bytes, row.Objects))];
    }

    /// <summary>Null when there is no such recording.</summary>
    public async Task<RecordingKeeping?> KeepingAsync(string lessonId, CancellationToken cancellationToken)
    {
        if (await db.Recordings.AsNoTracking().Include(row => row.Lesson).Include(row => row.Tracks).FirstOrDefaultAsync(row => row.LessonId == lessonId, cancellationToken) is not { } recording)
        {
            return null;
        }

        var hold = await Holds().FirstOrDefaultAsync(hold => hold.LessonId == lessonId && hold.ReleasedAt == null, cancellationToken);
        var kind = RetentionKinds.Of(recording.Lesson!.Kind);
        var rule = await db.RetentionRules.AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind, cancellationToken);
        return new RecordingKeeping(
            hold is null ? null : Info(hold, recording.Lesson.Title),
            hold is null ? RetentionPlan.DueAt(rule, recording.StartedAt) : null,
            recording.StoredBytes ?? recording.Tracks.Sum(track => track.Bytes),
            await db.MicroCourses.CountAsync(course => course.LessonId == lessonId, cancellationToken));
    }

    /// <summary>Holding what is held changes nothing: the first reason stands.</summary>
    /// <returns>False when there is no such recording.</returns>
    public async Task<bool> HoldAsync(string lessonId, string reason, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var held = await db.Recordings.Where(row => row.LessonId == lessonId && !row.IsHeld)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsHeld, true), cancellationToken);
        if (held == 1)
        {
            db.RecordingHolds.Add(new RecordingHold { LessonId = lessonId, Reason = reason, ByAccountId = caller.AccountId, At = Now });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return held == 1 || await db.Recordings.AnyAsync(row => row.LessonId == lessonId, cancellationToken);
    }

    /// <returns>False when it is not held.</returns>
    public async Task<bool> ReleaseAsync(string lessonId, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = Now;
        var released = await db.RecordingHolds.Where(hold => hold.LessonId == lessonId && hold.ReleasedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(hold => hold.ReleasedAt, now).SetProperty(hold => hold.ReleasedByAccountId, caller.AccountId), cancellationToken);
        await db.Recordings.Where(row => row.LessonId == lessonId).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsHeld, false), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return released > 0;
    }

    private IQueryable<RecordingHold> Holds() => db.RecordingHolds.AsNoTracking().Include(hold => hold.By).Include(hold => hold.ReleasedBy);

    private static RetentionRuleInfo Info(RetentionKind kind, RetentionRule? rule) =>
        new(kind, rule?.Days, rule?.ChangedAt, rule?.ChangedBy?.DisplayName ?? "", rule?.Days is null ? null : rule.ChangedAt + RetentionPlan.Grace);

    private static HoldInfo Info(RecordingHold hold, string title) =>
        new(hold.Id, hold.LessonId, title, hold.Reason, hold.By?.DisplayName ?? "", hold.At, hold.ReleasedAt, hold.ReleasedBy?.DisplayName ?? "");
}
