using Classroom.MediaServer;

namespace Classroom.Server.Health;

/// <summary>The media port is bound.</summary>
internal sealed class MediaCheck(IMediaMetrics metrics) : IReadyCheck
{
    public string Name => "media";

    public Task<string?> ProblemAsync(CancellationToken cancellationToken) =>
        Task.FromResult(metrics.Snapshot().Port > 0 ? null : "the media port is not bound");
}
