using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Classroom.Rtc.Congestion;

namespace Classroom.MediaServer.Bandwidth;

/// <summary>One way to send a stream.</summary>
/// <param name="Rate">As measured lately, retransmissions aside.</param>
/// <param name="Height">Picture lines; 0 for audio.</param>
/// <param name="Spatial">Simulcast or SVC layer, 0 the smallest.</param>
/// <param name="Temporal">Highest temporal layer that is sent along.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LayerRung(Bitrate Rate, short Height = 0, byte Spatial = 0, byte Temporal = 0);

/// <summary>The ways to send one stream, from the least to the best; only layers that arrive now have a rung.</summary>
internal struct LayerLadder
{
    /// <summary>Three spatial by three temporal layers.</summary>
    public const int MaxRungs = 9;

    private Rungs _rungs;

    public int Count { get; private set; }

    public readonly LayerRung this[int index] => _rungs[index];

    /// <summary>Adds the next better one; what has no place is left out.</summary>
    public void Add(in LayerRung rung)
    {
        if (Count < MaxRungs)
        {
            _rungs[Count++] = rung;
        }
    }

    /// <summary>Best rung that is not higher than asked for; the least one when all are; −1 without any.</summary>
    /// <param name="maxHeight">Picture lines; 0: no limit.</param>
    public readonly int Top(int maxHeight)
    {
        var top = Math.Min(0, Count - 1);
        for (var i = 1; i < Count; i++)
        {
            top = maxHeight == 0 || _rungs[i].Height <= maxHeight ? i : top;
        }

        return top;
    }

    [InlineArray(MaxRungs)]
    private struct Rungs
    {
        private LayerRung _first;
    }
}
