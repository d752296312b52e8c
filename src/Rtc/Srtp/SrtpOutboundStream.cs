namespace Classroom.Rtc.Srtp;

/// <summary>One SSRC that a context sends: who holds it spares the look-up for each packet. See <see cref="SrtpContext.OpenOutbound"/>.</summary>
public sealed class SrtpOutboundStream
{
    // Not needed where packets may be repeated, and then not made: a full room has thousands of streams.
    private readonly ReplayWindow? _window;
    private long _highest = -1;

    internal SrtpOutboundStream(SrtpContext context, uint ssrc)
    {
        Context = context;
        Ssrc = ssrc;
        _window = context.AllowsRepeats ? null : new ReplayWindow();
    }

    public uint Ssrc { get; }

    /// <summary>The context that opened it, and the only one that may use it.</summary>
    public SrtpContext Context { get; }

    /// <summary>Finds the packet's index and takes note of it.</summary>
    /// <returns>The index; negative when the packet is repeated though it must not be, or would be before the first rollover.</returns>
    internal long Take(ushort sequence)
    {
        var index = PacketIndex.Estimate(_highest, sequence);
        if (index < 0 || (_window is not null && !_window.IsFresh(index)))
        {
            return -1;
        }

        _window?.Mark(index);
        _highest = Math.Max(_highest, index);
        return index;
    }
}
