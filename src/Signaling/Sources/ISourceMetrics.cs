using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Sources;

/// <summary>Numbers of the appliances' streams, for metrics.</summary>
public interface ISourceMetrics
{
    /// <summary>Streams that open lessons want, by state.</summary>
    IReadOnlyDictionary<SourcePhase, int> Phases { get; }

    /// <summary>How often one could not be had, or was lost, since the start.</summary>
    long Losses { get; }
}
