using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Recorder.Links;

/// <summary>The right to read what lies below a prefix until a time, as text: base64url of expiry (Unix seconds, 8 bytes), prefix and the first 16 bytes of HMAC-SHA256 over both.</summary>
internal static class MediaTicket
{
    private const int TimeLength = 8;
    private const int SignatureLength = 16;
    private const int MaxTextLength = 800;

    public static string Write(string prefix, DateTimeOffset expiresAt, ReadOnlySpan<byte> key)
    {
        var bytes = new byte[TimeLength + Encoding.UTF8.GetByteCount(prefix) + SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, expiresAt.ToUnixTimeSeconds());
        Encoding.UTF8.GetBytes(prefix, bytes.AsSpan(TimeLength));
        Sign(bytes.AsSpan(0, bytes.Length - SignatureLength), key).CopyTo(bytes.AsSpan(bytes.Length - SignatureLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The prefix that the ticket opens; null when it is not ours, was changed, or has expired.</summary>
    public static string? Read(string text, DateTimeOffset now, ReadOnlySpan<byte> key)
    {
        if (text.Length > MaxTextLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text).AsSpan();
        if (bytes.Length <= TimeLength + SignatureLength)
        {
            return null;
        }

        var signed = bytes[..^SignatureLength];
        if (!CryptographicOperations.FixedTimeEquals(Sign(signed, key), bytes[^SignatureLength..]))
        {
            return null;
        }

        return BinaryPrimitives.ReadInt64BigEndian(signed) > now.ToUnixTimeSeconds() ? Encoding.UTF8.GetString(signed[TimeLength..]) : null;
    }

    private static ReadOnlySpan<byte> Sign(ReadOnlySpan<byte> content, ReadOnlySpan<byte> key) =>
        HMACSHA256.HashData(key, content).AsSpan(0, SignatureLength);
}
