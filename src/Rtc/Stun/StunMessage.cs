using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Classroom.Rtc.Stun;

/// <summary>Class of a STUN message (RFC 8489, 5).</summary>
public enum StunClass
{
    Request,
    Indication,
    Success,
    Error,
}

/// <summary>A parsed STUN message (RFC 8489, 5): a view over the datagram, valid as long as that is.</summary>
public readonly ref struct StunMessage
{
    public const int HeaderLength = 20;

    /// <summary>The only method that ICE uses.</summary>
    public const ushort BindingMethod = 1;

    internal const uint MagicCookie = 0x2112A442;
    internal const uint FingerprintXor = 0x5354554E;
    private readonly ReadOnlySpan<byte> _data;

    private StunMessage(ReadOnlySpan<byte> data) => _data = data;

    public ushort Method
    {
        get
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(_data);
            return (ushort)((type & 0x000F) | ((type & 0x00E0) >> 1) | ((type & 0x3E00) >> 2));
        }
    }

    public StunClass Class => (StunClass)(((_data[0] & 1) << 1) | ((_data[1] >> 4) & 1));

    /// <summary>12 bytes.</summary>
    public ReadOnlySpan<byte> TransactionId => _data.Slice(8, 12);

    public bool IsBindingRequest => Class == StunClass.Request && Method == BindingMethod;

    /// <summary>UTF-8 text "ours:theirs"; empty when absent.</summary>
    public ReadOnlySpan<byte> Username => TryGetAttribute(StunAttribute.Username, out var value) ? value : default;

    /// <summary>PRIORITY (RFC 8445, 7.1.1); 0 when absent.</summary>
    public uint Priority => TryGetAttribute(StunAttribute.Priority, out var value) && value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0;

    public bool UseCandidate => TryGetAttribute(StunAttribute.UseCandidate, out _);

    /// <summary>100 × class + number, e.g. 487; 0 when absent.</summary>
    public int ErrorCode => TryGetAttribute(StunAttribute.ErrorCode, out var value) && value.Length >= 4 ? ((value[2] & 7) * 100) + value[3] : 0;

    public bool HasFingerprint => TryGetAttribute(StunAttribute.Fingerprint, out _);

    /// <summary>Attributes in the order of the message.</summary>
    public StunAttributes Attributes => new(_data[HeaderLength..]);

    /// <summary>Checks header, magic cookie and that the attributes fill the datagram exactly.</summary>
    public static bool TryParse(ReadOnlySpan<byte> data, out StunMessage message)
    {
        message = default;
        if (data.Length < HeaderLength || data[0] > 3
            || BinaryPrimitives.ReadUInt16BigEndian(data[2..]) != data.Length - HeaderLength
            || BinaryPrimitives.ReadUInt32BigEndian(data[4..]) != MagicCookie
            || !StunAttributes.AreWellFormed(data[HeaderLength..]))
        {
            return false;
        }

        message = new StunMessage(data);
        return true;
    }

    /// <summary>The first attribute of a type, without its padding.</summary>
    public bool TryGetAttribute(StunAttribute type, out ReadOnlySpan<byte> value)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }

            // What follows the integrity is not protected by it and must be ignored, the fingerprint apart (RFC 8489, 14.5).
            if (attribute.Type == StunAttribute.MessageIntegrity && type != StunAttribute.Fingerprint)
            {
                break;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The address the other side saw us come from.</summary>
    public bool TryGetXorMappedAddress(out NetAddress address)
    {
        address = default;
        return TryGetAttribute(StunAttribute.XorMappedAddress, out var value) && StunAddress.TryRead(value, TransactionId, out address);
    }

    /// <summary>Checks MESSAGE-INTEGRITY (HMAC-SHA1) in constant time; false when it is absent.</summary>
    /// <param name="key">With short-term credentials the password in UTF-8.</param>
    public bool VerifyIntegrity(ReadOnlySpan<byte> key)
    {
        if (!TryFind(StunAttribute.MessageIntegrity, 20, out var offset))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[20];
        StunIntegrity.Compute(_data[..offset], key, expected);
        return CryptographicOperations.FixedTimeEquals(expected, _data.Slice(offset + 4, 20));
    }

    /// <summary>Checks FINGERPRINT (CRC-32), which must be the last attribute; false when it is absent.</summary>
    public bool VerifyFingerprint() =>
        TryFind(StunAttribute.Fingerprint, 4, out var offset)
        && offset + 8 == _data.Length
        && (Crc32.Compute(_data[..offset]) ^ FingerprintXor) == BinaryPrimitives.ReadUInt32BigEndian(_data[(offset + 4)..]);

    private bool TryFind(StunAttribute type, int length, out int offset)
    {
        offset = HeaderLength;
        foreach (var attribute in Attributes)
        {
            if (attribute.Type == type)
            {
                return attribute.Value.Length == length;
            }

            offset += 4 + StunAttributes.Padded(attribute.Value.Length);
        }

        return false;
    }
}
