using System.Buffers.Binary;
using System.Security.Cryptography;
using Classroom.Rtc.OpenSsl;

namespace Classroom.Rtc.Srtp;

/// <summary>AES_CM_128_HMAC_SHA1_80 (RFC 3711, 4.1.1 and 4.2.1).</summary>
internal sealed class CounterModeTransform(SrtpSessionKeys keys) : SrtpTransform
{
    private const int TagLength = 10;
    private const int IvLength = 16;
    private readonly AesCtrContext _rtpCipher = new(keys.RtpKey);
    private readonly AesCtrContext _rtcpCipher = new(keys.RtcpKey);
    private readonly HmacSha1Context _rtpHash = new(keys.RtpAuthentication);
    private readonly HmacSha1Context _rtcpHash = new(keys.RtcpAuthentication);

    public override int RtpOverhead => TagLength;

    public override int RtcpOverhead => TagLength + IndexLength;

    public override int IndexOffsetFromEnd => TagLength + IndexLength;

    public override bool SealRtp(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> output, uint ssrc, long index)
    {
        Span<byte> iv = stackalloc byte[IvLength];
        WriteIv(iv, keys.RtpSalt, ssrc, index);
        Span<byte> hash = stackalloc byte[HmacSha1Context.HashLength];
        if (!_rtpCipher.Apply(iv, payload, output) || !HashRtp(header, output[..payload.Length], index, hash))
        {
            return false;
        }

        hash[..TagLength].CopyTo(output[payload.Length..]);
        return true;
    }

    public override bool OpenRtp(Span<byte> packet, int headerLength, uint ssrc, long index)
    {
        var body = packet[headerLength..^TagLength];
        Span<byte> hash = stackalloc byte[HmacSha1Context.HashLength];
        if (!HashRtp(packet[..headerLength], body, index, hash) || !CryptographicOperations.FixedTimeEquals(hash[..TagLength], packet[^TagLength..]))
        {
            return false;
        }

        Span<byte> iv = stackalloc byte[IvLength];
        WriteIv(iv, keys.RtpSalt, ssrc, index);
        return _rtpCipher.Apply(iv, body, body);
    }

    public override bool SealRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        var signed = packet[..^TagLength];
        BinaryPrimitives.WriteUInt32BigEndian(signed[^IndexLength..], index | EncryptedFlag);
        var body = signed[RtcpHeaderLength..^IndexLength];
        Span<byte> iv = stackalloc byte[IvLength];
        WriteIv(iv, keys.RtcpSalt, ssrc, index);
        Span<byte> hash = stackalloc byte[HmacSha1Context.HashLength];
        if (!_rtcpCipher.Apply(iv, body, body) || !_rtcpHash.Compute(signed, default, default, hash))
        {
            return false;
        }

        hash[..TagLength].CopyTo(packet[^TagLength..]);
        return true;
    }

    public override bool OpenRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        var signed = packet[..^TagLength];
        Span<byte> hash = stackalloc byte[HmacSha1Context.HashLength];
        if (!_rtcpHash.Compute(signed, default, default, hash) || !CryptographicOperations.FixedTimeEquals(hash[..TagLength], packet[^TagLength..]))
        {
            return false;
        }

        Span<byte> iv = stackalloc byte[IvLength];
        WriteIv(iv, keys.RtcpSalt, ssrc, index);
        var body = signed[RtcpHeaderLength..^IndexLength];
        return _rtcpCipher.Apply(iv, body, body);
    }

    public override void Dispose()
    {
        _rtpCipher.Dispose();
        _rtcpCipher.Dispose();
        _rtpHash.Dispose();
        _rtcpHash.Dispose();
    }

    // RFC 3711, 4.1.1: salt · 2^16 XOR SSRC · 2^64 XOR index · 2^16; the last two bytes count blocks.
    private static void WriteIv(Span<byte> iv, byte[] salt, uint ssrc, long index)
    {
        iv.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(iv[4..], ssrc);
        BinaryPrimitives.WriteInt64BigEndian(iv[8..], index << 16);
        for (var i = 0; i < salt.Length; i++)
        {
            iv[i] ^= salt[i];
        }
    }

    // RFC 3711, 4.2: the rollover counter is signed behind the packet, but not sent.
    private bool HashRtp(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, long index, Span<byte> hash)
    {
        Span<byte> rollover = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        return _rtpHash.Compute(header, body, rollover, hash);
    }
}
