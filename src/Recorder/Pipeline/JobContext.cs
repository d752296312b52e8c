using Classroom.Data;

namespace Classroom.Recorder.Pipeline;

/// <summary>What a job's work may tell and use.</summary>
/// <param name="WorkFolder">Empty at the start, deleted afterwards.</param>
internal sealed record JobContext(Job Job, string WorkFolder, Action<double, string> Report);

/// <summary>Does one kind of job. Repeating a job must do no harm.</summary>
internal interface IJobHandler
{
    string Kind { get; }

    /// <summary>Seconds of work that somebody waits for: it has a worker of its own beside those that may be busy for an hour.</summary>
    bool IsQuick => false;

    /// <exception cref="PipelineException">It cannot be done.</exception>
    Task RunAsync(JobContext context, CancellationToken cancellationToken);
}
