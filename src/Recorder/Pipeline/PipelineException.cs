namespace Classroom.Recorder.Pipeline;

/// <summary>A job cannot be done, in words that its author reads.</summary>
/// <param name="retry">Whether another attempt may succeed.</param>
internal sealed class PipelineException(string message, bool retry, Exception? inner = null) : Exception(message, inner)
{
    public bool Retry { get; } = retry;
}
