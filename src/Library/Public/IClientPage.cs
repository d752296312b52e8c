namespace Classroom.Library.Public;

/// <summary>The page of the web client, into whose head public pages write what they are about.</summary>
public interface IClientPage
{
    /// <returns>Null where the client is not installed.</returns>
    Task<string?> ReadAsync(CancellationToken cancellationToken);
}
