using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Library.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Preflight;

/// <summary>The presets there are: the known ones, and those that administrators wrote down.</summary>
internal sealed class PresetDesk(ClassroomDb db, TimeProvider time)
{
    private const int MostPresets = 50;
    private const int LongestName = 40;
    private const int MostSeconds = 36_000;
    private const int MostSide = 4320;
    private const int LeastKbps = 200;
    private const int MostKbps = 20_000;
    private const int MostMegabytes = 100_000;
    private const long Megabyte = 1_000_000;

    public async Task<PresetInfo[]> ListAsync(CancellationToken cancellationToken)
    {
        var own = await db.CoursePresets.AsNoTracking().OrderBy(row => row.Name).Take(MostPresets).ToListAsync(cancellationToken);
        return [.. KnownPresets.All.Select(preset => new PresetInfo(preset.Id, "", IsKnown: true, preset.Rules)), .. own.Select(Info)];
    }

    /// <summary>Those that can be changed.</summary>
    public async Task<Reply<PresetRow[]>> OwnAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Is(AccountRole.Administrator))
        {
            return Problems.NoRight;
        }

        var own = await db.CoursePresets.AsNoTracking().OrderBy(row => row.Name).Take(MostPresets).ToListAsync(cancellationToken);
        return own.Select(RowOf).ToArray();
    }

    /// <summary>Null when there is none of this id.</summary>
    public async Task<Preset?> FindAsync(string id, CancellationToken cancellationToken) =>
        KnownPresets.All.FirstOrDefault(preset => preset.Id == id)
        ?? (await db.CoursePresets.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new Preset(row.Id, row.Name, PresetRules.Parse(row.RulesJson)) : null);

    /// <param name="id">Null: a new one.</param>
    public async Task<Reply<PresetRow>> SaveAsync(string? id, PresetRow edit, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Is(AccountRole.Administrator))
        {
            return Problems.NoRight;
        }

        if (Check(edit) is { Count: > 0 } wrong)
        {
            return Problems.Invalid(wrong);
        }

        var row = id is null ? null : await db.CoursePresets.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (id is not null && row is null)
        {
            return Problems.PresetNotFound;
        }

        if (row is null)
        {
            if (await db.CoursePresets.CountAsync(cancellationToken) >= MostPresets)
            {
                return Problems.TooManyPresets;
            }

            row = new CoursePreset { Name = "", RulesJson = "{}" };
            db.CoursePresets.Add(row);
        }

        (row.Name, row.RulesJson, row.UpdatedAt) = (edit.Name.Trim(), RulesOf(edit).ToJson(), time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellationToken);
        return RowOf(row);
    }

    public async Task<ApiProblem?> DeleteAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Is(AccountRole.Administrator))
        {
            return Problems.NoRight;
        }

        return await db.CoursePresets.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) == 1 ? null : Problems.PresetNotFound;
    }

    private static PresetInfo Info(CoursePreset row) => new(row.Id, row.Name, IsKnown: false, PresetRules.Parse(row.RulesJson));

    private static PresetRow RowOf(CoursePreset row)
    {
        var rules = PresetRules.Parse(row.RulesJson);
        return new PresetRow(
            row.Id, row.Name, rules.LeastSeconds, rules.MostSeconds, rules.MostOpeningSeconds, rules.Width, rules.Height, rules.IsExactSize,
            rules.LeastKbps, rules.MostKbps, rules.SoundKbps, (int?)(rules.MostBytes / Megabyte));
    }

    private static PresetRules RulesOf(PresetRow row) => new()
    {
        LeastSeconds = row.LeastSeconds,
        MostSeconds = row.MostSeconds,
        MostOpeningSeconds = row.MostOpeningSeconds,
        Width = row.Width,
        Height = row.Height,
        IsExactSize = row.IsExactSize,
        LeastKbps = row.LeastKbps,
        MostKbps = row.MostKbps,
        SoundKbps = row.SoundKbps,
        MostBytes = row.MostMegabytes * Megabyte,
    };

    private static List<ApiProblemField> Check(PresetRow row)
    {
        var wrong = new List<ApiProblemField>();
        if (row.Name is null || row.Name.Trim().Length is 0 or > LongestName)
        {
            wrong.Add(new ApiProblemField("name", $"A name has 1 to {LongestName} characters."));
        }

        Within(row.LeastSeconds, 1, MostSeconds, "leastSeconds");
        Within(row.MostSeconds, Math.Max(1, row.LeastSeconds ?? 1), MostSeconds, "mostSeconds");
        Within(row.MostOpeningSeconds, 1, MostSeconds, "mostOpeningSeconds");
        Within(row.Width, 160, MostSide, "width");
        Within(row.Height, 90, MostSide, "height");
        Within(row.LeastKbps, LeastKbps, MostKbps, "leastKbps");
        Within(row.MostKbps, Math.Max(LeastKbps, row.LeastKbps ?? 0), MostKbps, "mostKbps");
        Within(row.SoundKbps, 32, 320, "soundKbps");
        Within(row.MostMegabytes, 1, MostMegabytes, "mostMegabytes");

        // A size has both; so has an exact one.
        if (row.Width is null != row.Height is null || (row.IsExactSize && row.Width is null))
        {
            wrong.Add(new ApiProblemField(row.Width is null ? "width" : "height", "A size has a width and a height."));
        }

        return wrong;

        void Within(int? value, int least, int most, string field)
        {
            if (value is { } given && (given < least || given > most))
            {
                wrong.Add(new ApiProblemField(field, $"From {least} to {most}."));
            }
        }
    }
}
