using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Classroom.Library.Statements;

/// <summary>Names for what must not be told: the same again for the same thing, and nothing to anybody without this server's key.</summary>
internal sealed class Pseudonyms(IOptions<LibraryOptions> options)
{
    private const int Bytes = 16;

    /// <summary>32 hexadecimal digits for an account.</summary>
    public string Of(string accountId) => Convert.ToHexStringLower(Hash(["", accountId]));

    /// <summary>A UUID for something that several parts name together.</summary>
    public string Uuid(params ReadOnlySpan<string> parts)
    {
        var hash = Hash(parts);

        // Stores look at version and variant (RFC 9562): 5, made from a name.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }

    // The length before each part: no two lists of parts are one string.
    private Span<byte> Hash(ReadOnlySpan<string> parts)
    {
        var name = new StringBuilder();
        foreach (var part in parts)
        {
            name.Append(part.Length).Append(':').Append(part);
        }

        return HMACSHA256.HashData(options.Value.PseudonymKey, Encoding.UTF8.GetBytes(name.ToString())).AsSpan(0, Bytes);
    }
}
