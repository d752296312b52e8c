using System.Text.Json;
using Classroom.Data;
using Classroom.Library.Contracts;
using Classroom.Library.Drafts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Library.Preflight;

/// <summary>Holds courses against presets, and has files made that keep to them.</summary>
internal sealed class ExportDesk(ClassroomDb db, CourseLoader loader, PresetDesk presets, JobQueue jobs, IMediaLinks links)
{
    private const int SomebodyWaits = 10;
    private const int MostShown = 20;
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(2);

    public async Task<Reply<PreflightReport>> PreflightAsync(string id, string presetId, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        return await presets.FindAsync(presetId, cancellationToken) is { } preset
            ? new PreflightReport(preset.Id, PreflightChecks.Check(preset.Rules, PreflightChecks.FactsOf(course)))
            : Problems.PresetNotFound;
    }

    public async Task<Reply<RenderStarted>> ExportAsync(string id, string presetId, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MayEdit, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        if (await presets.FindAsync(presetId, cancellationToken) is not { } preset)
        {
            return Problems.PresetNotFound;
        }

        if (course.Rendition is not { } film)
        {
            return Problems.NotPlayable;
        }

        if (ExportRates.For(preset.Rules, film.DurationMs) is null)
        {
            return Problems.TooLongToExport;
        }

        var order = new ExportOrder(preset.Id, preset.Name, preset.Rules, film.Id, $"courses/{id}/exports/{film.Id}-{preset.Id}.mp4");
        return new RenderStarted(await jobs.EnqueueAsync(JobKinds.ExportCourse, id, JsonSerializer.Serialize(order, JsonSerializerOptions.Web), SomebodyWaits, cancellationToken));
    }

    /// <summary>The files that were made of the film as it is now.</summary>
    public async Task<Reply<ExportInfo[]>> ListAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await loader.LoadAsync(id, caller, CourseRights.MaySeeDraft, cancellationToken);
        if (found.Value is not { } course)
        {
            return found.Problem!;
        }

        var done = await db.Jobs.AsNoTracking().Where(job => job.Kind == JobKinds.ExportCourse && job.SubjectId == id && job.State == JobState.Done)
            .OrderByDescending(job => job.FinishedAt).Take(MostShown).Select(job => new { job.PayloadJson, job.FinishedAt }).ToListAsync(cancellationToken);
        return done.Select(job => (Order: JsonSerializer.Deserialize<ExportOrder>(job.PayloadJson, JsonSerializerOptions.Web)!, job.FinishedAt))
            .Where(export => export.Order.RenditionId == course.RenditionId)
            .DistinctBy(export => export.Order.PresetId)
            .Select(export => new ExportInfo(export.Order.PresetId, export.Order.PresetName, links.IssueFile(export.Order.Key, LinkLifetime), export.FinishedAt))
            .ToArray();
    }
}
