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
    private GcmSealer? _rtpSeal;
    private AesGcmOpener? _rtpOpen;
    private GcmSealer? _rtcpSeal;
    private AesGcmOpener? _rtcpOpen;

    public override int RtpOverhead => GcmSealer.TagLength;

    public override int RtcpOverhead => GcmSealer.TagLength + IndexLength;

    public override int IndexOffsetFromEnd => IndexLength;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool SealRtp(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> output, uint ssrc, long index)
    {
        Span<byte> iv = stackalloc byte[GcmSealer.IvLength];
        WriteRtpIv(iv, ssrc, index);
        _rtpSeal ??= SealerFor(keys.RtpKey);
        return _rtpSeal.Seal(iv, header, payload, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool OpenRtp(Span<byte> packet, int headerLength, uint ssrc, long index)
    {
        Span<byte> iv = stackalloc byte[GcmSealer.IvLength];
        WriteRtpIv(iv, ssrc, index);
        _rtpOpen ??= new AesGcmOpener(keys.RtpKey);
        var body = packet[headerLength..^GcmSealer.TagLength];
        return _rtpOpen.Open(iv, packet[..headerLength], default, body, packet[^GcmSealer.TagLength..]);
    }

    public override bool SealRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        Span<byte> iv = stackalloc byte[GcmSealer.IvLength];
        WriteRtcpIv(iv, ssrc, index);
        BinaryPrimitives.WriteUInt32BigEndian(packet[^IndexLength..], index | EncryptedFlag);
        _rtcpSeal ??= SealerFor(keys.RtcpKey);
        // The index stands at the end of the packet, but is authenticated right after the header (RFC 7714, 9.2).
        Span<byte> associated = stackalloc byte[RtcpHeaderLength + IndexLength];
        packet[..RtcpHeaderLength].CopyTo(associated);
        packet[^IndexLength..].CopyTo(associated[RtcpHeaderLength..]);
        var body = packet[RtcpHeaderLength..^IndexLength];
        return _rtcpSeal.Seal(iv, associated, body[..^GcmSealer.TagLength], body);
    }

    public override bool OpenRtcp(Span<byte> packet, uint ssrc, uint index)
    {
        Span<byte> iv = stackalloc byte[GcmSealer.IvLength];
        WriteRtcpIv(iv, ssrc, index);
        _rtcpOpen ??= new AesGcmOpener(keys.RtcpKey);
        var body = packet[RtcpHeaderLength..^RtcpOverhead];
        var tag = packet[^RtcpOverhead..^IndexLength];
        return _rtcpOpen.Open(iv, packet[..RtcpHeaderLength], packet[^IndexLength..], body, tag);
    }

    public override void Dispose()
    {
        _rtpSeal?.Dispose();
        _rtpOpen?.Dispose();
        _rtcpSeal?.Dispose();
        _rtcpOpen?.Dispose();
    }

    private static GcmSealer SealerFor(byte[] key) => AesGcmSealer.IsSupported ? new AesGcmSealer(key) : new OpenSslGcmSealer(key);

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
