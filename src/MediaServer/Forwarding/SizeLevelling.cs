using System.Runtime.CompilerServices;

namespace Classroom.MediaServer.Forwarding;

/// <summary>Makes packets that differ by one byte equal, so that they leave in one run.</summary>
internal static class SizeLevelling
{
    /// <param name="store">Where the packets are.</param>
    /// <param name="slots">Theirs, in the order in which they leave.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(PacketStore store, ReadOnlySpan<int> slots)
    {
        for (var start = 0; start < slots.Length;)
        {
            int least = store[slots[start]].Length;
            var most = least;
            var end = start + 1;
            for (; end < slots.Length; end++)
            {
                int length = store[slots[end]].Length;
                if (Math.Max(most, length) - Math.Min(least, length) > 1)
                {
                    break;
                }

                (least, most) = (Math.Min(least, length), Math.Max(most, length));
            }

            for (var i = start; i < end && most > least; i++)
            {
                if (store[slots[i]].Length == least)
                {
                    store.Pad(slots[i]);
                }
            }

            start = end;
        }
    }
}
