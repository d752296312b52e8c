using Classroom.Data;
using Classroom.Data.Seeding;
using Classroom.Signaling.Contracts;
using Classroom.Signaling.Live;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Observation;

/// <summary>The item that a note is about.</summary>
internal sealed record RubricChoice(string RubricId, string Group, RubricItem Item);

/// <summary>The rubrics of the house; the default one as long as nobody has made any.</summary>
internal sealed class Rubrics(IClassroomDbFactory databases)
{
    public async Task<IReadOnlyList<Rubric>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var rubrics = await db.Rubrics.AsNoTracking().OrderByDescending(rubric => rubric.IsDefault).ThenBy(rubric => rubric.Name).ToListAsync(cancellationToken);
        return rubrics.Count > 0 ? rubrics : [RubricSeed.Default()];
    }

    /// <summary>The item that a draft names; null when it names none.</summary>
    /// <exception cref="Refusal">There is no such item.</exception>
    public async Task<RubricChoice?> ChooseAsync(NoteDraft draft, CancellationToken cancellationToken)
    {
        if (draft.ItemId is null)
        {
            return null;
        }

        var choices =
            from rubric in await ReadAsync(cancellationToken)
            where rubric.Id == draft.RubricId
            from heading in RubricText.GroupsOf(rubric)
            from item in heading.Items
            where item.Id == draft.ItemId
            select new RubricChoice(rubric.Id, heading.Name, item);
        return choices.FirstOrDefault() ?? throw new Refusal(Refusal.BadRequest);
    }
}
