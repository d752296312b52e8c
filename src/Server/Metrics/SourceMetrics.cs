using Classroom.Signaling.Sources;

namespace Classroom.Server.Metrics;

/// <summary>Appliances whose streams are taken into lessons.</summary>
internal sealed class SourceMetrics(ISourceMetrics sources) : IMetricSource
{
    public Task WriteAsync(MetricsText text, CancellationToken cancellationToken)
    {
        text.Gauge("classroom_sources", "Streams of appliances that open lessons want, by state.");
        foreach (var (phase, count) in sources.Phases)
        {
            text.Sample("classroom_sources", count, "state", phase.ToString());
        }

        text.Counter("classroom_source_losses_total", "How often such a stream could not be had, or was lost.")
            .Sample("classroom_source_losses_total", sources.Losses);
        return Task.CompletedTask;
    }
}
