namespace Classroom.Server.Health;

/// <summary>One part that must work before this process may get traffic.</summary>
internal interface IReadyCheck
{
    string Name { get; }

    /// <returns>Null when ready; else what is missing, in plain words without secrets.</returns>
    Task<string?> ProblemAsync(CancellationToken cancellationToken);
}
