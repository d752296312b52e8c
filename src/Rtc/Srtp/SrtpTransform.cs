namespace Classroom.Rtc.Srtp;

/// <summary>
/// The cryptography of one profile on single packets; it knows nothing of streams and replays. Every method returns
/// false when authentication fails, or OpenSSL refuses.
/// </summary>
internal abstract class SrtpTransform : IDisposable
{
    /// <summary>In SRTCP's index word: the packet is encrypted.</summary>
    protected const uint EncryptedFlag = 0x8000_0000;

    /// <summary>Length of the fixed part of the first RTCP packet, which stays in the clear.</summary>
    protected const int RtcpHeaderLength = 8;

    protected const int IndexLength = 4;

    /// <summary>What protection adds to an RTP packet.</summary>
    public abstract int RtpOverhead { get; }

    /// <summary>What protection adds to an RTCP packet.</summary>
    public abstract int RtcpOverhead { get; }

    /// <summary>Where the index word stands, from the end of a protected RTCP packet.</summary>
    public abstract int IndexOffsetFromEnd { get; }

    /// <summary>Where the keys of packets lie; zero when that is not known.</summary>
    public virtual nint KeyAddress => 0;

    /// <param name="header">In the clear, already in its place just before <paramref name="output"/>.</param>
    /// <param name="payload">To encrypt; may be the start of the output itself.</param>
    /// <param name="output">As long as the payload plus <see cref="RtpOverhead"/>.</param>
    /// <param name="ssrc">Of the packet.</param>
    /// <param name="index">48 bits: rollover counter and sequence number.</param>
    public abstract bool SealRtp(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> output, uint ssrc, long index);

    /// <summary>Decrypts in place.</summary>
    public abstract bool OpenRtp(Span<byte> packet, int headerLength, uint ssrc, long index);

    /// <param name="packet">The plain packet and behind it room for <see cref="RtcpOverhead"/>.</param>
    /// <param name="ssrc">Of the sender.</param>
    /// <param name="index">31 bits.</param>
    public abstract bool SealRtcp(Span<byte> packet, uint ssrc, uint index);

    /// <summary>Decrypts in place.</summary>
    public abstract bool OpenRtcp(Span<byte> packet, uint ssrc, uint index);

    public abstract void Dispose();
}
