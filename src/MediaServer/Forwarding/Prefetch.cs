using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Classroom.MediaServer.Forwarding;

/// <summary>
/// Brings memory into the cache before its turn. A full room touches some 25 lines for each of its viewers, which the pictures
/// on their way out have driven from the second-level cache since the last packet. Only a hint: a wrong address does nothing.
/// </summary>
internal static unsafe class Prefetch
{
    private const int Line = 64;

    /// <param name="target">May be moved or be gone meanwhile.</param>
    /// <param name="lines">How much of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Object(object? target, int lines) => Memory(*(nint*)Unsafe.AsPointer(ref target), lines);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Memory(nint address, int lines)
    {
        if (Sse.IsSupported)
        {
            for (var i = 0; i < lines; i++)
            {
                Sse.Prefetch0((byte*)address + (i * Line));
            }
        }
    }
}
