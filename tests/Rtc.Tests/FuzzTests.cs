using Classroom.Rtc.Fuzz;

namespace Classroom.Rtc.Tests;

/// <summary>A short seeded run of every fuzz target; <c>tests/Rtc.Fuzz</c> runs them for as long as one likes.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.Create().Select(target => target.Name)];

    [Theory, MemberData(nameof(Names))]
    public void No_input_throws_or_takes_more_than_its_share_of_memory(string name)
    {
        using var target = FuzzTargets.Create().Single(candidate => candidate.Name == name);
        var report = FuzzRunner.Run(target, seed: 20, maxInputs: 2000, TimeSpan.MaxValue);
        Assert.Empty(report.Findings);
        Assert.Equal(2000, report.Inputs);
    }
}
