using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Server.Metrics;

/// <summary>The film queue by kind and state.</summary>
internal sealed class JobMetrics(IClassroomDbFactory databases) : IMetricSource
{
    public async Task WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var counts = await db.Jobs
            .GroupBy(job => new { job.Kind, job.State })
            .Select(group => new { group.Key.Kind, group.Key.State, Count = group.Count() })
            .ToListAsync(cancellationToken);
        text.Gauge("classroom_jobs", "Jobs by kind and state.");
        foreach (var count in counts)
        {
            text.Sample("classroom_jobs", count.Count, "kind", count.Kind, "state", count.State.ToString());
        }
    }
}
