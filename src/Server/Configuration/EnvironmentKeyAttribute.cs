namespace Classroom.Server.Configuration;

/// <summary>Names the environment key that sets a property of <see cref="ServerOptions"/>.</summary>
/// <param name="name">The key, with its CLASSROOM_ prefix.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EnvironmentKeyAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>Its value must not be printed, nor stand in a compose file as plain text.</summary>
    public bool IsSecret { get; init; }
}
