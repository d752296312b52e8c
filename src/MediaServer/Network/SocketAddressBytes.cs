using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Network;

/// <summary>
/// A sockaddr_in or sockaddr_in6 as the system's calls want it; or, in the same form under a family that no system has, the
/// far end of a TCP connection with the number of the connection in place of the flow. On hosts of several addresses the one
/// of ours at which datagrams from there came in stands behind it: answers leave from the same.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SocketAddressBytes
{
    /// <summary>Size of sockaddr_in6, the larger of the two.</summary>
    public const int Capacity = 28;

    private const int IPv4Size = 16;
    private const int AfInet = 2;
    private const ushort StreamFamily = 0xFFF0;

    private fixed byte _bytes[Capacity];
    private UInt128 _local;

    public uint Length => Family == AfInet ? IPv4Size : (uint)Capacity;

    public Span<byte> Span => MemoryMarshal.CreateSpan(ref _bytes[0], (int)Length);

    /// <summary>A TCP connection: nothing that sendmmsg may see.</summary>
    public readonly bool IsStream => Family == StreamFamily;

    /// <summary>Number of the TCP connection.</summary>
    public readonly uint Stream => BinaryPrimitives.ReadUInt32LittleEndian(MemoryMarshal.CreateReadOnlySpan(in _bytes[4], 4));

    /// <summary>Which address of ours the peer knows is kept here.</summary>
    public readonly bool HasLocal => _local != 0;

    private readonly ushort Family => (ushort)(_bytes[0] | (_bytes[1] << 8));

    public readonly bool HasSameLocal(SocketAddressBytes* other) => _local == other->_local;

    /// <param name="address">16 bytes, IPv4 mapped into IPv6.</param>
    public void SetLocal(ReadOnlySpan<byte> address) => _local = MemoryMarshal.Read<UInt128>(address);

    public void ForgetLocal() => _local = 0;

    /// <param name="address">16 bytes, IPv4 mapped into IPv6.</param>
    public readonly void CopyLocal(Span<byte> address) => MemoryMarshal.Write(address, in _local);

    public static SocketAddressBytes ForStream(NetAddress peer, uint stream)
    {
        var result = default(SocketAddressBytes);
        var bytes = MemoryMarshal.CreateSpan(ref result._bytes[0], Capacity);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, StreamFamily);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], peer.Port);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], stream);
        peer.WriteMappedAddress(bytes[8..]);
        return result;
    }

    public readonly NetAddress ToNetAddress()
    {
        var bytes = MemoryMarshal.CreateReadOnlySpan(in _bytes[0], Capacity);
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (Family == AfInet)
        {
            return NetAddress.FromIPv4(bytes.Slice(4, 4), port);
        }

        var address = NetAddress.FromIPv6(bytes.Slice(8, 16), port);
        return IsStream ? address.OverTcp() : address;
    }

    public void Set(ReadOnlySpan<byte> source) => source.CopyTo(MemoryMarshal.CreateSpan(ref _bytes[0], Capacity));
}
