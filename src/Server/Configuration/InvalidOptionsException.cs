namespace Classroom.Server.Configuration;

/// <summary>The configuration cannot be used; every error is listed.</summary>
public sealed class InvalidOptionsException(IReadOnlyList<string> errors)
    : Exception("The configuration has errors:" + Environment.NewLine + string.Join(Environment.NewLine, errors.Select(error => "  " + error)))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
