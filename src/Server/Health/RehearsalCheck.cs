using Classroom.Signaling.Rehearsals;

namespace Classroom.Server.Health;

/// <summary>The server has joined a room of its own, so that nobody waits for what is compiled at the first join.</summary>
internal sealed class RehearsalCheck(IRehearsal rehearsal) : IReadyCheck
{
    public string Name => "rehearsal";

    public Task<string?> ProblemAsync(CancellationToken cancellationToken) =>
        Task.FromResult(rehearsal.IsOver ? null : "a join is being rehearsed");
}
