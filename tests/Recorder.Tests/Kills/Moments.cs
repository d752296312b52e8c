namespace Classroom.Recorder.Tests.Kills;

/// <summary>Random moments; CLASSROOM_TEST_SEED repeats those of a run that printed its seed.</summary>
internal static class Moments
{
    public static Random New()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CLASSROOM_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return new Random(seed);
    }
}
