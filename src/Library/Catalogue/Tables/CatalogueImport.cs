using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Catalogue.Editing;

namespace Classroom.Library.Catalogue.Tables;

/// <summary>
/// Adds what a file names and the catalogue lacks, and takes over versions and needs. Nothing is removed or renamed: that is done one by
/// one, where it can be seen what hangs on it. A dry run does everything but save.
/// </summary>
internal sealed class CatalogueImport(ClassroomDb db, CatalogueLog log)
{
    public const int LargestFile = 16 * 1024 * 1024;

    public async Task<ImportReport> RunAsync(string text, bool isJson, bool isDryRun, Caller caller, CancellationToken cancellationToken)
    {
        var problems = new List<ImportProblem>();
        var rows = isJson
            ? CatalogueJson.Read(text, problems)
            : CsvFile.Read(text, CatalogueRow.Columns, needed: 1, problems).ConvertAll(line => CatalogueRow.Of(line.Line, line.Values));
        if (rows.Count == 0 && problems.Count == 0)
        {
            problems.Add(new ImportProblem(1, "The file is empty.", "empty_file"));
        }

        problems.AddRange(CatalogueRowRules.Check(rows));
        var tree = await CatalogueTree.LoadAsync(db, cancellationToken);
        var plan = new CataloguePlan(tree);
        foreach (var row in rows.Where(row => !problems.Exists(problem => problem.Line == row.Line)))
        {
            plan.Add(row);
        }

        problems.AddRange(plan.ResolveNeeds());
        var isApplied = !isDryRun && problems.Count == 0;
        if (isApplied)
        {
            await SaveAsync(plan, caller, cancellationToken);
        }

        return new ImportReport(isApplied, plan.Added, plan.Changed, Removed: 0, [.. problems.OrderBy(problem => problem.Line)]);
    }

    private async Task SaveAsync(CataloguePlan plan, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.CatalogueNodes.AddRange(plan.NewNodes);
        db.KnowledgePoints.AddRange(plan.NewPoints);
        db.PointNeeds.AddRange(plan.NewNeeds);
        foreach (var node in plan.ChangedNodes)
        {
            db.CatalogueNodes.Attach(node).Property(row => row.Version).IsModified = true;
        }

        await log.SaveAsync(caller, "import", objectId: null, $"+{plan.Added} ~{plan.Changed}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
