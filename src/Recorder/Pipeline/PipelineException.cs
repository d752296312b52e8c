namespace Classroom.Recorder.Pipeline;

/// <summary>A job cannot be done, in words that its author reads.</summary>
/// <param name="retry">Whether another attempt may succeed.</param>
/// <param name="code">The same as a code that pages translate; null where the words are all there is.</param>
internal sealed class PipelineException(string message, bool retry, Exception? inner = null, string? code = null) : Exception(message, inner)
{
    public bool Retry { get; } = retry;

    public string? Code { get; } = code;
}
