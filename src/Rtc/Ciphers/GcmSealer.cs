namespace Classroom.Rtc.Ciphers;

/// <summary>Seals with AES-128-GCM under one key: encrypts and authenticates.</summary>
internal abstract class GcmSealer : IDisposable
{
    public const int TagLength = 16;
    public const int IvLength = 12;

    /// <summary>Encrypts and appends the tag.</summary>
    /// <param name="iv">12 bytes, never used twice.</param>
    /// <param name="associated">Authenticated only.</param>
    /// <param name="plain">May be empty; may be the start of <paramref name="output"/> itself, but not overlap it otherwise.</param>
    /// <param name="output">As long as the plain text plus <see cref="TagLength"/>.</param>
    /// <returns>False when the library refuses.</returns>
    public abstract bool Seal(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> output);

    public abstract void Dispose();
}
