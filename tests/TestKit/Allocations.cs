namespace Classroom.TestKit;

public static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// Bytes that this thread allocates in the quietest of a few rounds. The runtime allocates too when it compiles a method anew
    /// in the middle of a round, which says nothing about the work; work that allocates does so in every round.
    /// </summary>
    public static long OfQuietest(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
