using System.Buffers.Binary;

namespace Classroom.Rtc.Rtp;

/// <summary>A parsed RTP packet (RFC 3550, 5.1): a view over the datagram, valid as long as that is.</summary>
public readonly ref struct RtpPacket
{
    /// <summary>Length of a header without contributing sources and extensions.</summary>
    public const int FixedHeaderLength = 12;

    private readonly ReadOnlySpan<byte> _data;

    private RtpPacket(ReadOnlySpan<byte> data, int headerLength, int paddingLength)
    {
        _data = data;
        HeaderLength = headerLength;
        PaddingLength = paddingLength;
    }

    public bool Marker => (_data[1] & 0x80) != 0;

    /// <summary>0 to 127.</summary>
    public byte PayloadType => (byte)(_data[1] & 0x7F);

    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_data[2..]);

    /// <summary>In units of the payload's clock rate.</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_data[4..]);

    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_data[8..]);

    /// <summary>Fixed header, contributing sources and the whole extension block, in bytes.</summary>
    public int HeaderLength { get; }

    /// <summary>Padding at the end, its count byte included.</summary>
    public int PaddingLength { get; }

    public bool HasExtensions => (_data[0] & 0x10) != 0;

    /// <summary>Number of contributing sources, 0 to 15.</summary>
    public int CsrcCount => _data[0] & 0x0F;

    /// <summary>Everything before the payload.</summary>
    public ReadOnlySpan<byte> Header => _data[..HeaderLength];

    /// <summary>Payload without padding; may be empty.</summary>
    public ReadOnlySpan<byte> Payload => _data[HeaderLength..^PaddingLength];

    /// <summary>The whole packet.</summary>
    public ReadOnlySpan<byte> Data => _data;

    /// <summary>The header extensions (RFC 8285).</summary>
    public RtpExtensions Extensions => HasExtensions ? new RtpExtensions(_data[..HeaderLength], FixedHeaderLength + (CsrcCount * 4)) : default;

    public static bool TryParse(ReadOnlySpan<byte> data, out RtpPacket packet)
    {
        packet = default;
        if (!TryGetHeaderLength(data, out var headerLength))
        {
            return false;
        }

        var padding = 0;
        if ((data[0] & 0x20) != 0)
        {
            padding = data[^1];
            if (padding == 0 || padding > data.Length - headerLength)
            {
                return false;
            }
        }

        packet = new RtpPacket(data, headerLength, padding);
        return true;
    }

    /// <summary>Finds the value of a header extension by the id that was negotiated for it.</summary>
    public bool TryGetExtension(int id, out ReadOnlySpan<byte> value) => Extensions.TryGet(id, out value);

    /// <summary>Where the payload begins. Works on SRTP too, whose header is in the clear.</summary>
    internal static bool TryGetHeaderLength(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (data.Length < FixedHeaderLength || data[0] >> 6 != 2)
        {
            return false;
        }

        var end = FixedHeaderLength + ((data[0] & 0x0F) * 4);
        if ((data[0] & 0x10) != 0)
        {
            if (data.Length < end + 4)
            {
                return false;
            }

            end += 4 + (BinaryPrimitives.ReadUInt16BigEndian(data[(end + 2)..]) * 4);
        }

        length = end;
        return end <= data.Length;
    }
}
