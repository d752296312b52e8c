namespace Classroom.Rtc.Rtp;

/// <summary>What a sender says of the loudness of one packet of sound (RFC 6464): the client-to-mixer audio level.</summary>
/// <param name="Decibel">0 (as loud as can be) to −127 (silence), relative to overload (dBov).</param>
/// <param name="IsVoice">The sender's guess that this is speech; false also when it makes no guess.</param>
public readonly record struct AudioLevel(int Decibel, bool IsVoice)
{
    public const int Silence = -127;

    /// <param name="extension">Value of the header extension; one byte, in the two-byte form it may be followed by padding.</param>
    /// <param name="level">Silence when there is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> extension, out AudioLevel level)
    {
        if (extension.IsEmpty)
        {
            level = new AudioLevel(Silence, false);
            return false;
        }

        level = new AudioLevel(-(extension[0] & 0x7F), (extension[0] & 0x80) != 0);
        return true;
    }
}
