using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Catalogue;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Classroom.Library.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Reviews;

/// <summary>Awards of published courses, each with where it comes from. Entered by reviewers of a district or higher, and by administrators.</summary>
internal sealed class CourseAwards(ClassroomDb db, CourseLoader loader, CatalogueTrees trees, ICourseIndex index, Notifications inbox, TimeProvider time)
{
    private const int LongestText = 120;
    private const int FirstYear = 1990;

    public Task<AwardInfo[]> ReadAsync(string courseId, CancellationToken cancellationToken) => db.CourseAwards
        .Where(award => award.MicroCourseId == courseId).OrderByDescending(award => award.Year).ThenBy(award => award.Id)
        .Select(award => new AwardInfo(award.Id, award.Level, award.Activity, award.Issuer, award.Year, award.Certificate, award.RecordedBy!.DisplayName, award.RecordedAt))
        .ToArrayAsync(cancellationToken);

    public async Task<Reply<AwardInfo[]>> AddAsync(string id, AwardAdd request, Caller caller, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(id, caller, cancellationToken) is { Problem: { } refused })
        {
            return refused;
        }

        if (Check(request) is { Count: > 0 } wrong)
        {
            return Problems.Invalid(wrong);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.CourseAwards.Add(new CourseAward
        {
            MicroCourseId = id,
            Level = request.Level,
            Activity = request.Activity.Trim(),
            Issuer = request.Issuer.Trim(),
            Year = request.Year,
            Certificate = request.Certificate?.Trim() ?? "",
            RecordedByAccountId = caller.AccountId,
            RecordedAt = time.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(cancellationToken);
        await RankAsync(id, cancellationToken);
        await inbox.AwardedAsync(id, request.Activity.Trim(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await ReadAsync(id, cancellationToken);
    }

    public async Task<Reply<AwardInfo[]>> RemoveAsync(string id, string awardId, Caller caller, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(id, caller, cancellationToken) is { Problem: { } refused })
        {
            return refused;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.CourseAwards.Where(award => award.Id == awardId && award.MicroCourseId == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return Problems.AwardNotFound;
        }

        await RankAsync(id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await ReadAsync(id, cancellationToken);
    }

    private List<ApiProblemField> Check(AwardAdd request)
    {
        var wrong = new List<ApiProblemField>();
        Require(Enum.IsDefined(request.Level), "level", "There is no such level.");
        Require(request.Activity?.Trim().Length is > 0 and <= LongestText, "activity", $"The activity has 1 to {LongestText} characters.");
        Require(request.Issuer?.Trim().Length is > 0 and <= LongestText, "issuer", $"Who gave it has 1 to {LongestText} characters.");
        Require(request.Year >= FirstYear && request.Year <= time.GetUtcNow().Year + 1, "year", "The year is not right.");
        Require((request.Certificate?.Length ?? 0) <= LongestText, "certificate", $"The number of the certificate has at most {LongestText} characters.");
        return wrong;

        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                wrong.Add(new ApiProblemField(field, message));
            }
        }
    }

    private async Task<Reply<MicroCourse>> RefusalAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, (one, _) => CourseRights.IsReviewer(one), cancellationToken);
        if (found.Value is not { } course)
        {
            return found;
        }

        var scope = await ReviewScope.OfAsync(db, caller, cancellationToken);
        if (scope is not { Level: >= ReviewLevel.District } || !scope.Covers(course, await trees.GetAsync(db, cancellationToken)))
        {
            return Problems.OutOfScope;
        }

        return course.State == CourseState.Published ? found : Problems.NotNow(course.State);
    }

    /// <summary>The course shows the highest of its awards, and is found by it.</summary>
    private async Task RankAsync(string id, CancellationToken cancellationToken)
    {
        var levels = await db.CourseAwards.Where(award => award.MicroCourseId == id).Select(award => award.Level).ToListAsync(cancellationToken);
        AwardLevel? highest = levels.Count == 0 ? null : levels.Max();
        await db.MicroCourses.Where(course => course.Id == id).ExecuteUpdateAsync(set => set.SetProperty(course => course.Award, highest), cancellationToken);
        await index.RefreshAsync(db, course => course.Id == id, cancellationToken);
    }
}
