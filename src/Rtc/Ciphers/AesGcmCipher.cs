using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Classroom.Rtc.Ciphers;

/// <summary>
/// In the processor's own AES and carry-less multiplication instructions: no tables, no branch on secrets. It spares the five
/// calls that OpenSSL needs for a packet, which cost more than the cipher itself (docs/decisions/0009-own-sealing.md).
/// </summary>
internal sealed unsafe class AesGcmCipher : GcmCipher
{
    private const int BlockLength = 16;
    private const int Lanes = 8;
    private const int StateVectors = AesSchedule.Rounds + 1 + GHash.Powers;
    private Vector128<byte>* _keys;

    /// <param name="key">16 bytes.</param>
    public AesGcmCipher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength, nameof(key));
        _keys = (Vector128<byte>*)NativeMemory.AlignedAlloc(StateVectors * BlockLength, 64);
        AesSchedule.Expand(key, _keys);
        GHash.MakePowers(AesSchedule.Encrypt(Vector128<byte>.Zero, _keys), Powers);
    }

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported => Aes.IsSupported && Pclmulqdq.IsSupported && Ssse3.IsSupported;

    public override nint KeyAddress => (nint)_keys;

    private Vector128<ulong>* Powers => (Vector128<ulong>*)(_keys + AesSchedule.Rounds + 1);

    /// <summary>Powers for so many blocks, the first block's first.</summary>
    private Vector128<ulong>* PowersOf(int blocks) => Powers + (GHash.Powers - blocks);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Seal(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(_keys is null, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, IvLength, nameof(iv));
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, plain.Length + TagLength, nameof(output));
        fixed (byte* ivPointer = iv, aad = associated, from = plain, to = output)
        {
            var first = FirstCounter(ivPointer);
            var whole = plain.Length & -(BlockLength * Lanes);
            var hash = Associate(aad, associated.Length);
            hash = SealRuns(from, to, whole, first, hash);
            hash = SealRest(from + whole, to + whole, plain.Length - whole, Plus(first, (uint)(whole / BlockLength)), hash, Lengths(associated.Length, plain.Length));
            Tag(hash, first).Store(to + plain.Length);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Open(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, Span<byte> cipher, ReadOnlySpan<byte> tag)
    {
        ObjectDisposedException.ThrowIf(_keys is null, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, IvLength, nameof(iv));
        ArgumentOutOfRangeException.ThrowIfNotEqual(tag.Length, TagLength, nameof(tag));
        fixed (byte* ivPointer = iv, aad = associated, text = cipher, tagPointer = tag)
        {
            var first = FirstCounter(ivPointer);
            var hash = Hash(text, cipher.Length, Associate(aad, associated.Length), Lengths(associated.Length, cipher.Length));
            // One comparison of the whole tag: how much of a forged one is right does not show in the time.
            if (Tag(hash, first) != Vector128.Load(tagPointer))
            {
                return false;
            }

            Crypt(text, cipher.Length, first);
            return true;
        }
    }

    public override void Dispose()
    {
        if (_keys is not null)
        {
            NativeMemory.Clear(_keys, StateVectors * BlockLength);
            NativeMemory.AlignedFree(_keys);
            _keys = null;
        }
    }

    // The counter is the last word of the block, here the lowest: 1 masks the tag, 2 and up are of the text (7.1).
    private static Vector128<ulong> FirstCounter(byte* iv) => GHash.Reverse(Load(iv, IvLength)) | Vector128.Create(1UL, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Tag(Vector128<ulong> hash, Vector128<ulong> first) =>
        GHash.Reverse(hash.AsByte()).AsByte() ^ AesSchedule.Encrypt(GHash.Reverse(first.AsByte()).AsByte(), _keys);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Plus(Vector128<ulong> counter, uint blocks) =>
        (counter.AsUInt32() + Vector128.Create(blocks, 0, 0, 0)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Block(Vector128<ulong> counter, uint blocks) => GHash.Reverse(Plus(counter, blocks).AsByte()).AsByte();

    /// <summary>Both lengths in bits, the associated data's first.</summary>
    private static Vector128<ulong> Lengths(int associated, int plain) => Vector128.Create((ulong)plain * 8, (ulong)associated * 8);

    /// <summary>Up to a block, filled up with zeros.</summary>
    private static Vector128<byte> Load(byte* from, int length)
    {
        var block = Vector128<byte>.Zero;
        Unsafe.CopyBlockUnaligned(&block, from, (uint)length);
        return block;
    }

    private Vector128<ulong> Associate(byte* from, int length)
    {
        var hash = Vector128<ulong>.Zero;
        for (; length > 0; from += BlockLength, length -= BlockLength)
        {
            var sum = default(GHash.Sum);
            sum.Add(hash ^ GHash.Reverse(Load(from, Math.Min(length, BlockLength))), *PowersOf(1));
            hash = sum.Reduce();
        }

        return hash;
    }

    /// <summary>Eight blocks at a time, which is as many as keep the AES unit busy; their hash needs one reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector128<ulong> SealRuns(byte* from, byte* to, int length, Vector128<ulong> counter, Vector128<ulong> hash)
    {
        var keys = _keys;
        var powers = PowersOf(Lanes);
        for (var end = from + length; from < end; from += Lanes * BlockLength, to += Lanes * BlockLength, counter = Plus(counter, Lanes))
        {
            var key = keys[0];
            var b0 = Block(counter, 1) ^ key;
            var b1 = Block(counter, 2) ^ key;
            var b2 = Block(counter, 3) ^ key;
            var b3 = Block(counter, 4) ^ key;
            var b4 = Block(counter, 5) ^ key;
            var b5 = Block(counter, 6) ^ key;
            var b6 = Block(counter, 7) ^ key;
            var b7 = Block(counter, 8) ^ key;
            for (var round = 1; round < AesSchedule.Rounds; round++)
            {
                key = keys[round];
                b0 = Aes.Encrypt(b0, key);
                b1 = Aes.Encrypt(b1, key);
                b2 = Aes.Encrypt(b2, key);
                b3 = Aes.Encrypt(b3, key);
                b4 = Aes.Encrypt(b4, key);
                b5 = Aes.Encrypt(b5, key);
                b6 = Aes.Encrypt(b6, key);
                b7 = Aes.Encrypt(b7, key);
            }

            key = keys[AesSchedule.Rounds];
            b0 = Finish(b0, key, from, to, 0);
            b1 = Finish(b1, key, from, to, 1);
            b2 = Finish(b2, key, from, to, 2);
            b3 = Finish(b3, key, from, to, 3);
            b4 = Finish(b4, key, from, to, 4);
            b5 = Finish(b5, key, from, to, 5);
            b6 = Finish(b6, key, from, to, 6);
            b7 = Finish(b7, key, from, to, 7);
            var sum = default(GHash.Sum);
            if (GHash.PairSum.IsSupported)
            {
                var pairs = default(GHash.PairSum);
                pairs.Add(GHash.PairSum.Reverse(b0, b1) ^ hash.ToVector256(), Vector256.Load((ulong*)powers));
                pairs.Add(GHash.PairSum.Reverse(b2, b3), Vector256.Load((ulong*)(powers + 2)));
                pairs.Add(GHash.PairSum.Reverse(b4, b5), Vector256.Load((ulong*)(powers + 4)));
                pairs.Add(GHash.PairSum.Reverse(b6, b7), Vector256.Load((ulong*)(powers + 6)));
                sum.Add(pairs);
            }
            else
            {
                sum.Add(hash ^ GHash.Reverse(b0), powers[0]);
                sum.Add(GHash.Reverse(b1), powers[1]);
                sum.Add(GHash.Reverse(b2), powers[2]);
                sum.Add(GHash.Reverse(b3), powers[3]);
                sum.Add(GHash.Reverse(b4), powers[4]);
                sum.Add(GHash.Reverse(b5), powers[5]);
                sum.Add(GHash.Reverse(b6), powers[6]);
                sum.Add(GHash.Reverse(b7), powers[7]);
            }

            hash = sum.Reduce();
        }

        return hash;
    }

    /// <summary>The last round and the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Finish(Vector128<byte> block, Vector128<byte> key, byte* from, byte* to, int lane)
    {
        var cipher = Aes.EncryptLast(block, key) ^ Vector128.Load(from + (lane * BlockLength));
        cipher.Store(to + (lane * BlockLength));
        return cipher;
    }

    /// <summary>Less than a run, perhaps with a part of a block at its end, and the block of lengths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector128<ulong> SealRest(byte* from, byte* to, int length, Vector128<ulong> counter, Vector128<ulong> hash, Vector128<ulong> lengths)
    {
        var sum = default(GHash.Sum);
        var power = PowersOf(((length + BlockLength - 1) / BlockLength) + 1);
        for (; length >= BlockLength; from += BlockLength, to += BlockLength, length -= BlockLength)
        {
            counter = Plus(counter, 1);
            var cipher = AesSchedule.Encrypt(GHash.Reverse(counter.AsByte()).AsByte(), _keys) ^ Vector128.Load(from);
            cipher.Store(to);
            sum.Add(hash ^ GHash.Reverse(cipher), *power++);
            hash = Vector128<ulong>.Zero;
        }

        if (length > 0)
        {
            var cipher = AesSchedule.Encrypt(Block(counter, 1), _keys) ^ Load(from, length);
            Unsafe.CopyBlockUnaligned(to, &cipher, (uint)length);
            sum.Add(hash ^ GHash.Reverse(Load(to, length)), *power++);
            hash = Vector128<ulong>.Zero;
        }

        sum.Add(hash ^ lengths, *power);
        return sum.Reduce();
    }

    /// <summary>Of a text that is there, and of the block of lengths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector128<ulong> Hash(byte* from, int length, Vector128<ulong> hash, Vector128<ulong> lengths)
    {
        for (; length >= BlockLength * Lanes; from += BlockLength * Lanes, length -= BlockLength * Lanes)
        {
            var run = default(GHash.Sum);
            var powers = PowersOf(Lanes);
            run.Add(hash ^ GHash.Reverse(Vector128.Load(from)), powers[0]);
            for (var lane = 1; lane < Lanes; lane++)
            {
                run.Add(GHash.Reverse(Vector128.Load(from + (lane * BlockLength))), powers[lane]);
            }

            hash = run.Reduce();
        }

        var sum = default(GHash.Sum);
        var power = PowersOf(((length + BlockLength - 1) / BlockLength) + 1);
        for (; length > 0; from += BlockLength, length -= BlockLength)
        {
            sum.Add(hash ^ GHash.Reverse(Load(from, Math.Min(length, BlockLength))), *power++);
            hash = Vector128<ulong>.Zero;
        }

        sum.Add(hash ^ lengths, *power);
        return sum.Reduce();
    }

    /// <summary>Decrypts in place. Blocks do not depend on each other, so the processor works on several at once by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Crypt(byte* text, int length, Vector128<ulong> counter)
    {
        for (; length >= BlockLength; text += BlockLength, length -= BlockLength)
        {
            counter = Plus(counter, 1);
            (AesSchedule.Encrypt(Block(counter, 0), _keys) ^ Vector128.Load(text)).Store(text);
        }

        if (length > 0)
        {
            var plain = AesSchedule.Encrypt(Block(counter, 1), _keys) ^ Load(text, length);
            Unsafe.CopyBlockUnaligned(text, &plain, (uint)length);
        }
    }
}
