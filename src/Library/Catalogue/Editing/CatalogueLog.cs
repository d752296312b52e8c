using Classroom.Data;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Catalogue.Editing;

/// <summary>Who changed what in the catalogue. Each change is a version of the whole.</summary>
internal sealed class CatalogueLog(ClassroomDb db, CatalogueTrees trees, TimeProvider time)
{
    private const int MostShown = 100;

    /// <summary>Saves what was changed together with its line in the log.</summary>
    public async Task SaveAsync(Caller caller, string kind, string? objectId, string words, CancellationToken cancellationToken)
    {
        db.CatalogueChanges.Add(new CatalogueChange
        {
            At = time.GetUtcNow().UtcDateTime,
            AccountId = caller.AccountId,
            Kind = kind,
            ObjectId = objectId,
            Words = words,
        });
        await db.SaveChangesAsync(cancellationToken);
        trees.Forget();
    }

    public async Task<CatalogueHistory> ReadAsync(CancellationToken cancellationToken)
    {
        var changes = await db.CatalogueChanges.OrderByDescending(change => change.Id).Take(MostShown)
            .Select(change => new CatalogueChangeInfo(
                change.Id, change.At, db.Accounts.Where(account => account.Id == change.AccountId).Select(account => account.DisplayName).FirstOrDefault() ?? "",
                change.Kind, change.Words))
            .ToArrayAsync(cancellationToken);
        return new CatalogueHistory(changes.FirstOrDefault()?.Version ?? 0, changes);
    }
}
