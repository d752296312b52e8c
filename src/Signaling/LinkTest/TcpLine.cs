using System.Buffers.Binary;
using System.Net.Sockets;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.LinkTest;

/// <summary>
/// What Linux has noted of a TCP connection (tcp(7), TCP_INFO): segments that had to be sent again, and the shortest way there
/// and back. It is the line of the page, or of the proxy in between where there is one.
/// </summary>
internal static class TcpLine
{
    private const int Tcp = 6;
    private const int TcpInfo = 11;

    // Offsets in struct tcp_info of linux/tcp.h, which only ever grows at its end.
    private const int TotalRetransmitted = 100;
    private const int ShortestRoundTrip = 148;
    private const int DataSegmentsOut = 156;
    private const int Needed = 160;

    public static LinkEnd Read(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new LinkEnd(null, null);
        }

        try
        {
            Span<byte> info = stackalloc byte[256];
            return socket.GetRawSocketOption(Tcp, TcpInfo, info) >= Needed ? Read(info) : new LinkEnd(null, null);
        }
        catch (SocketException)
        {
            return new LinkEnd(null, null);
        }
    }

    private static LinkEnd Read(ReadOnlySpan<byte> info)
    {
        var sent = At(info, DataSegmentsOut);
        var loss = sent == 0 ? 0 : Math.Min(100, 100.0 * At(info, TotalRetransmitted) / sent);
        return new LinkEnd(Math.Round(loss, 1), Math.Round(At(info, ShortestRoundTrip) / 1000.0, 1));
    }

    private static uint At(ReadOnlySpan<byte> info, int offset) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(info[offset..]) : BinaryPrimitives.ReadUInt32BigEndian(info[offset..]);
}
