namespace Classroom.Server.Metrics;

/// <summary>Adds its numbers to /metrics.</summary>
internal interface IMetricSource
{
    Task WriteAsync(MetricsText text, CancellationToken cancellationToken);
}
