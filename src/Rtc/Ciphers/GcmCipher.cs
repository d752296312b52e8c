namespace Classroom.Rtc.Ciphers;

/// <summary>AES-128-GCM (NIST SP 800-38D) under one key, for one direction of a session.</summary>
internal abstract class GcmCipher : IDisposable
{
    public const int KeyLength = 16;
    public const int TagLength = 16;
    public const int IvLength = 12;

    /// <summary>Where the key lies in memory, for prefetching; zero when that is not known.</summary>
    public virtual nint KeyAddress => 0;

    /// <summary>Encrypts and appends the tag.</summary>
    /// <param name="iv">12 bytes, never used twice.</param>
    /// <param name="associated">Authenticated only.</param>
    /// <param name="plain">May be empty; may be the start of <paramref name="output"/> itself, but not overlap it otherwise.</param>
    /// <param name="output">As long as the plain text plus <see cref="TagLength"/>.</param>
    /// <returns>False when the library refuses.</returns>
    public abstract bool Seal(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> output);

    /// <summary>Checks and decrypts in place.</summary>
    /// <param name="iv">12 bytes.</param>
    /// <param name="associated">Authenticated only.</param>
    /// <param name="cipher">Cipher text; of no use when the result is false.</param>
    /// <param name="tag"><see cref="TagLength"/> bytes.</param>
    /// <returns>False when it is forged.</returns>
    public abstract bool Open(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, Span<byte> cipher, ReadOnlySpan<byte> tag);

    public abstract void Dispose();
}
