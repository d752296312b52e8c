namespace Classroom.Recorder.Mp4;

/// <summary>The name of a track's codec (RFC 6381) out of its moov box.</summary>
internal static class CodecName
{
    /// <summary>Profile, compatibility and level stand behind the version byte of avcC (ISO/IEC 14496-15); sound is AAC-LC.</summary>
    public static string Of(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("avcC"u8);
        return at < 0 || at + 8 > head.Length ? "mp4a.40.2" : $"avc1.{Convert.ToHexStringLower(head.Slice(at + 5, 3))}";
    }
}
