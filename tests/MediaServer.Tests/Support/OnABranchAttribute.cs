using Xunit.v3;

namespace Classroom.MediaServer.Tests.Support;

/// <summary>The tests of the class run with everybody who watches on another loop than the room's own.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnABranchAttribute : Attribute, ITraitAttribute
{
    private const string Name = "Place";

    /// <summary>The running test is of such a class.</summary>
    public static bool IsSet => TestContext.Current.TestClass?.Traits.ContainsKey(Name) == true;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(Name, "branch")];
}
