namespace Classroom.VirtualNetwork;

/// <summary>Independent losses, or runs of them: a chain of a good and a bad state (Gilbert-Elliott) with the same mean.</summary>
internal sealed class LossProcess(double loss, double burstLength, Random random)
{
    private bool _isBad;

    public bool Next()
    {
        if (loss <= 0)
        {
            return false;
        }

        if (burstLength <= 1)
        {
            return random.NextDouble() < loss;
        }

        var leaveBad = 1 / burstLength;
        var enterBad = leaveBad * loss / (1 - loss);
        _isBad = random.NextDouble() < (_isBad ? 1 - leaveBad : enterBad);
        return _isBad;
    }
}
