using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Server.Metrics;

/// <summary>What is still to be told to the learning record store, where there is one.</summary>
internal sealed class StatementMetrics(IClassroomDbFactory databases) : IMetricSource
{
    public async Task WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var waiting = await db.LearningStatements.CountAsync(row => row.RefusedAt == null, cancellationToken);
        var refused = await db.LearningStatements.CountAsync(row => row.RefusedAt != null, cancellationToken);
        text.Gauge("classroom_statements", "xAPI statements that the learning record store does not have.")
            .Sample("classroom_statements", waiting, "state", "Waiting")
            .Sample("classroom_statements", refused, "state", "Refused");
    }
}
