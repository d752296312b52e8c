using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>Divides the ceiling of a school among its receivers.</summary>
internal static class SharedCeiling
{
    /// <summary>
    /// Who wants little gets it; the others share the rest equally (max-min fairness). What nobody wants is left over.
    /// </summary>
    /// <param name="ceiling">For all together.</param>
    /// <param name="wanted">By receiver.</param>
    /// <param name="shares">By receiver; never more than wanted, together never more than the ceiling.</param>
    public static void Divide(Bitrate ceiling, ReadOnlySpan<Bitrate> wanted, Span<Bitrate> shares)
    {
        shares.Fill(new Bitrate(-1));
        var left = ceiling;
        var open = wanted.Length;
        while (open > 0)
        {
            var equal = new Bitrate(left.BitsPerSecond / open);
            var served = Serve(wanted, shares, equal, ref left);
            if (served == 0)
            {
                GiveRest(shares, equal);
                return;
            }

            open -= served;
        }
    }

    private static int Serve(ReadOnlySpan<Bitrate> wanted, Span<Bitrate> shares, Bitrate equal, ref Bitrate left)
    {
        var served = 0;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (shares[i] < Bitrate.Zero && wanted[i] <= equal)
            {
                shares[i] = wanted[i];
                left -= wanted[i];
                served++;
            }
        }

        return served;
    }

    private static void GiveRest(Span<Bitrate> shares, Bitrate equal)
    {
        foreach (ref var share in shares)
        {
            share = share < Bitrate.Zero ? equal : share;
        }
    }
}
