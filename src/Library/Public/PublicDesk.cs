using Classroom.Data;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Public;

/// <summary>Opens a course to everybody, or closes it again; each time with a record of who did.</summary>
internal sealed class PublicDesk(ClassroomDb db, TimeProvider time)
{
    /// <summary>In any state: what is opened is seen from the moment it is published.</summary>
    public async Task<Reply<PublicChange>> SetAsync(string id, PublicChange change, Caller caller, string? address, CancellationToken cancellationToken)
    {
        if (!CourseRights.MayOpen(caller))
        {
            return Problems.NoRight;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.MicroCourses.Where(course => course.Id == id).ExecuteUpdateAsync(set => set.SetProperty(course => course.IsPublic, change.IsPublic), cancellationToken) == 0)
        {
            return Problems.CourseNotFound;
        }

        db.AccessLog.Add(new AccessLogEntry
        {
            At = time.GetUtcNow().UtcDateTime,
            AccountId = caller.AccountId,
            ObjectKind = change.IsPublic ? "opened" : "closed",
            ObjectId = id,
            Address = address,
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return change;
    }
}
