using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Classroom.Rtc.Ciphers;
using Classroom.Rtc.OpenSsl;

namespace Classroom.Rtc.Srtp;

/// <summary>AEAD_AES_128_GCM (RFC 7714).</summary>
internal sealed class GcmTransform(SrtpSessionKeys keys) : SrtpTransform
{
    private readonly ulong _saltStart = BinaryPrimitives.ReadUInt64BigEndian(keys.RtpSalt);
    private readonly uint _saltEnd = BinaryPrimitives.ReadUInt32BigEndian(keys.RtpSalt.AsSpan(8));
    private readonly GcmCipher _rtp = CipherFor(keys.RtpKey);
    private GcmCipher? _rtcp;

    public override nint KeyAddress => _rtp.KeyAddress;

    public override int RtpOverhead => GcmCipher.TagLength;

    public override int RtcpOverhead => GcmCipher.TagLength + IndexLength;

    public override int IndexOffsetFromEnd => IndexLength;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool SealRtp(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> output, uint ssrc, long index)
    {
        Span<byte> iv = stackalloc byte[GcmCipher.IvLength];
        WriteRtpIv(iv, ssrc, index);
        return _rtp.Seal(iv, header, payload, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool OpenRtp(Span<byte> packet, int headerLength, uint ssrc, long index)
    {
        Span<byte> iv = stackalloc byte[GcmCipher.IvLength];
        WriteRtpIv(iv, ssrc, index);
        return _rtp.Open(iv, packet[..headerLength], packet[headerLength..^GcmCipher.TagLength], packet[^GcmCipher.TagLength..]);
    }

    public override bool SealRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        Span<byte> iv = stackalloc byte[GcmCipher.IvLength];
        WriteRtcpIv(iv, ssrc, index);
        BinaryPrimitives.WriteUInt32BigEndian(packet[^IndexLength..], index | EncryptedFlag);
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + IndexLength];
        WriteRtcpAssociated(associated, packet);
        var body = packet[RtcpHeaderLength..^IndexLength];
        _rtcp ??= CipherFor(keys.RtcpKey);
        return _rtcp.Seal(iv, associated, body[..^GcmCipher.TagLength], body);
    }

    public override bool OpenRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        Span<byte> iv = stackalloc byte[GcmCipher.IvLength];
        WriteRtcpIv(iv, ssrc, index);
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + IndexLength];
        WriteRtcpAssociated(associated, packet);
        _rtcp ??= CipherFor(keys.RtcpKey);
        return _rtcp.Open(iv, associated, packet[RtcpHeaderLength..^RtcpOverhead], packet[^RtcpOverhead..^IndexLength]);
    }

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp?.Dispose();
    }

    private static GcmCipher CipherFor(byte[] key) => AesGcmCipher.IsSupported ? new AesGcmCipher(key) : new OpenSslGcmCipher(key);

    // The index stands at the end of the packet, but is authenticated right after the header (RFC 7714, 9.2).
    private static void WriteRtcpAssociated(Span<byte> associated, ReadOnlySpan<byte> packet)
    {
        packet[..RtcpHeaderLength].CopyTo(associated);
        packet[^IndexLength..].CopyTo(associated[RtcpHeaderLength..]);
    }

    // RFC 7714, 8.1: two zero bytes, SSRC, rollover counter, sequence number; XOR the salt.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRtpIv(Span<byte> iv, uint ssrc, long index)
    {
        BinaryPrimitives.WriteUInt64BigEndian(iv, (((ulong)ssrc << 16) | (ulong)(index >> 32)) ^ _saltStart);
        BinaryPrimitives.WriteUInt32BigEndian(iv[8..], (uint)index ^ _saltEnd);
    }

    // RFC 7714, 9.1: two zero bytes, SSRC, two zero bytes, index; XOR the salt.
    private void WriteRtcpIv(Span<byte> iv, uint ssrc, uint index)
    {
        iv.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(iv[2..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(iv[8..], index);
        for (var i = 0; i < iv.Length; i++)
        {
            iv[i] ^= keys.RtcpSalt[i];
        }
    }
}
