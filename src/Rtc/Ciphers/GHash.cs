using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Classroom.Rtc.Ciphers;

/// <summary>
/// GHASH (NIST SP 800-38D, 6.4) by carry-less multiplication. Blocks are taken with their bytes reversed, and powers of the
/// hash key are kept times x, which spares each product a shift (Gueron and Kounavis, "Intel Carry-Less Multiplication
/// Instruction and its Usage for Computing the GCM Mode", 2014).
/// </summary>
internal static unsafe class GHash
{
    /// <summary>A whole number of blocks is taken at a time with one reduction; one power more is for the block of lengths.</summary>
    public const int Powers = 9;

    private const ulong ReductionHigh = 0xC200_0000_0000_0000;

    /// <summary>Reverses the bytes of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Reverse(Vector128<byte> block) => Ssse3.Shuffle(
        block, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).AsUInt64();

    /// <param name="hashKey">The block of zeros, encrypted.</param>
    /// <param name="powers">
    /// Gets the key to the power of <see cref="Powers"/> down to 1, which is last: as blocks that follow each other are multiplied.
    /// </param>
    public static void MakePowers(Vector128<byte> hashKey, Vector128<ulong>* powers)
    {
        powers[Powers - 1] = TimesX(Reverse(hashKey));
        for (var i = Powers - 2; i >= 0; i--)
        {
            var sum = default(Sum);
            sum.Add(powers[i + 1], powers[Powers - 1]);
            powers[i] = sum.Reduce();
        }
    }

    /// <summary>In this bit order x times is a shift to the left, and what falls out comes back through the polynomial.</summary>
    private static Vector128<ulong> TimesX(Vector128<ulong> value)
    {
        var low = value.GetElement(0);
        var high = value.GetElement(1);
        var carry = 0 - (high >> 63);
        return Vector128.Create((low << 1) ^ (carry & 1), (high << 1 | low >> 63) ^ (carry & ReductionHigh));
    }

    /// <summary>A sum of products of 256 bits that waits for its reduction.</summary>
    public struct Sum
    {
        private Vector128<ulong> _low;
        private Vector128<ulong> _middle;
        private Vector128<ulong> _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector128<ulong> block, Vector128<ulong> power)
        {
            _low ^= Pclmulqdq.CarrylessMultiply(block, power, 0x00);
            _high ^= Pclmulqdq.CarrylessMultiply(block, power, 0x11);
            _middle ^= Pclmulqdq.CarrylessMultiply(block, power, 0x01) ^ Pclmulqdq.CarrylessMultiply(block, power, 0x10);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(PairSum pairs)
        {
            _low ^= pairs.Low.GetLower() ^ pairs.Low.GetUpper();
            _middle ^= pairs.Middle.GetLower() ^ pairs.Middle.GetUpper();
            _high ^= pairs.High.GetLower() ^ pairs.High.GetUpper();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector128<ulong> Reduce()
        {
            var low = _low ^ Sse2.ShiftLeftLogical128BitLane(_middle, 8);
            var high = _high ^ Sse2.ShiftRightLogical128BitLane(_middle, 8);
            return high ^ Fold(Fold(low));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<ulong> Fold(Vector128<ulong> value) =>
            Sse2.Shuffle(value.AsUInt32(), 0x4E).AsUInt64()
                ^ Pclmulqdq.CarrylessMultiply(value, Vector128.Create(ReductionHigh, 0), 0x00);
    }

    /// <summary>The same for two blocks at a time, where the processor multiplies two pairs with one instruction.</summary>
    public struct PairSum
    {
        public Vector256<ulong> Low;
        public Vector256<ulong> Middle;
        public Vector256<ulong> High;

        public static bool IsSupported => Pclmulqdq.V256.IsSupported && Avx2.IsSupported;

        /// <param name="blocks">Their bytes reversed.</param>
        /// <param name="powers">Of both.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector256<ulong> blocks, Vector256<ulong> powers)
        {
            Low ^= Pclmulqdq.V256.CarrylessMultiply(blocks, powers, 0x00);
            High ^= Pclmulqdq.V256.CarrylessMultiply(blocks, powers, 0x11);
            Middle ^= Pclmulqdq.V256.CarrylessMultiply(blocks, powers, 0x01) ^ Pclmulqdq.V256.CarrylessMultiply(blocks, powers, 0x10);
        }

        /// <summary>Reverses the bytes of both blocks.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<ulong> Reverse(Vector128<byte> first, Vector128<byte> second) => Avx2.Shuffle(
            Vector256.Create(first, second),
            Vector256.Create(
                (byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).AsUInt64();
    }
}
