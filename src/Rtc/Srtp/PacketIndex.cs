namespace Classroom.Rtc.Srtp;

/// <summary>The 48-bit index of an SRTP packet: rollover counter in the upper 32 bits, sequence number in the lower 16.</summary>
internal static class PacketIndex
{
    /// <summary>
    /// The index nearest to the highest one seen (RFC 3711, 3.3.1 and appendix A). Negative when that would be before the
    /// first rollover.
    /// </summary>
    /// <param name="highest">Negative before the first packet.</param>
    /// <param name="sequence">Of the packet.</param>
    public static long Estimate(long highest, ushort sequence) =>
        highest < 0 ? sequence : highest + (short)(sequence - (ushort)highest);
}
