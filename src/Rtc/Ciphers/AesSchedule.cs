using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Classroom.Rtc.Ciphers;

/// <summary>The eleven round keys of AES-128 (FIPS 197, 5.2), made by the processor's own instruction.</summary>
internal static unsafe class AesSchedule
{
    public const int Rounds = 10;

    /// <param name="key">16 bytes.</param>
    /// <param name="keys">Room for <see cref="Rounds"/> + 1 round keys.</param>
    public static void Expand(ReadOnlySpan<byte> key, Vector128<byte>* keys)
    {
        keys[0] = Vector128.Create(key);
        keys[1] = Next(keys[0], Aes.KeygenAssist(keys[0], 0x01));
        keys[2] = Next(keys[1], Aes.KeygenAssist(keys[1], 0x02));
        keys[3] = Next(keys[2], Aes.KeygenAssist(keys[2], 0x04));
        keys[4] = Next(keys[3], Aes.KeygenAssist(keys[3], 0x08));
        keys[5] = Next(keys[4], Aes.KeygenAssist(keys[4], 0x10));
        keys[6] = Next(keys[5], Aes.KeygenAssist(keys[5], 0x20));
        keys[7] = Next(keys[6], Aes.KeygenAssist(keys[6], 0x40));
        keys[8] = Next(keys[7], Aes.KeygenAssist(keys[7], 0x80));
        keys[9] = Next(keys[8], Aes.KeygenAssist(keys[8], 0x1B));
        keys[10] = Next(keys[9], Aes.KeygenAssist(keys[9], 0x36));
    }

    /// <summary>One block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encrypt(Vector128<byte> block, Vector128<byte>* keys)
    {
        block ^= keys[0];
        for (var round = 1; round < Rounds; round++)
        {
            block = Aes.Encrypt(block, keys[round]);
        }

        return Aes.EncryptLast(block, keys[Rounds]);
    }

    private static Vector128<byte> Next(Vector128<byte> key, Vector128<byte> assisted)
    {
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 8);
        return key ^ Sse2.Shuffle(assisted.AsUInt32(), 0xFF).AsByte();
    }
}
