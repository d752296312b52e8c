namespace Classroom.Server.Health;

/// <summary>Every part has started; running lessons are then open again, since lessons restore theirs while they start.</summary>
internal sealed class StartCheck(IHostApplicationLifetime lifetime) : IReadyCheck
{
    public string Name => "lessons";

    public Task<string?> ProblemAsync(CancellationToken cancellationToken) => Task.FromResult(lifetime switch
    {
        { ApplicationStopping.IsCancellationRequested: true } => "stopping",
        { ApplicationStarted.IsCancellationRequested: true } => null,
        _ => "running lessons are being restored",
    });
}
