using System.Diagnostics;

namespace Classroom.Rtc.Fuzz;

/// <summary>What a run found.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Inputs">How many were run.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Corpus">Inputs in the corpus at the end: those that led somewhere new.</param>
/// <param name="LargestAllocation">Bytes of managed memory that one input took at most.</param>
/// <param name="Findings">One line each, with the input in hexadecimal.</param>
public sealed record FuzzReport(
    string Target, long Inputs, TimeSpan Elapsed, int Corpus, long LargestAllocation, IReadOnlyList<string> Findings);

/// <summary>Runs one target with seeded mutations until a limit.</summary>
public static class FuzzRunner
{
    private const int MaxCorpus = 4000;
    private const int MaxFindings = 5;

    /// <param name="target">What to run.</param>
    /// <param name="seed">The same seed and the same number of inputs give the same run.</param>
    /// <param name="maxInputs">Stops after so many inputs…</param>
    /// <param name="maxTime">…or after so long.</param>
    public static FuzzReport Run(FuzzTarget target, int seed, long maxInputs, TimeSpan maxTime)
    {
        var mutator = new Mutator(new Random(seed), target.MaxLength);
        var corpus = new List<byte[]>(target.Corpus);
        var results = new HashSet<int>();
        var findings = new List<string>();
        var clock = Stopwatch.StartNew();
        long largest = 0;
        long inputs = 0;
        for (; inputs < maxInputs && findings.Count < MaxFindings; inputs++)
        {
            if (inputs % 64 == 0 && clock.Elapsed >= maxTime)
            {
                break;
            }

            // The corpus itself comes first: it must be clean, and it warms the code up.
            var input = inputs < target.Corpus.Count ? target.Corpus[(int)inputs] : mutator.Mutate(corpus);
            var allocated = RunOne(target, input, findings, results, corpus);
            if (allocated > target.AllocationLimit)
            {
                // What the runtime allocated to compile a method anew does not come again; what the input costs does.
                allocated = Math.Min(allocated, RunOne(target, input, findings, results, corpus));
            }

            largest = inputs < 1000 ? 0 : Math.Max(largest, allocated);
            if (inputs >= 1000 && allocated > target.AllocationLimit)
            {
                findings.Add($"{allocated} bytes allocated by {Convert.ToHexString(input)}");
            }
        }

        return new FuzzReport(target.Name, inputs, clock.Elapsed, corpus.Count, largest, findings);
    }

    private static long RunOne(FuzzTarget target, byte[] input, List<string> findings, HashSet<int> results, List<byte[]> corpus)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        int result;
        try
        {
            result = target.Run(input);
        }
#pragma warning disable CA1031 // Whatever a parser throws is the finding.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            findings.Add($"{exception.GetType().Name}: {exception.Message} by {Convert.ToHexString(input)}\n{exception.StackTrace}");
            return 0;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (results.Add(result) && corpus.Count < MaxCorpus)
        {
            corpus.Add(input);
        }

        return allocated;
    }
}
