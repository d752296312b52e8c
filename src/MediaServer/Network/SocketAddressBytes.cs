using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Classroom.Rtc;

namespace Classroom.MediaServer.Network;

/// <summary>A sockaddr_in or sockaddr_in6 as the system's calls want it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SocketAddressBytes
{
    /// <summary>Size of sockaddr_in6, the larger of the two.</summary>
    public const int Capacity = 28;

    private const int IPv4Size = 16;
    private const int AfInet = 2;

    private fixed byte _bytes[Capacity];

    public uint Length => Family == AfInet ? IPv4Size : (uint)Capacity;

    public Span<byte> Span => MemoryMarshal.CreateSpan(ref _bytes[0], (int)Length);

    private readonly ushort Family => (ushort)(_bytes[0] | (_bytes[1] << 8));

    public readonly NetAddress ToNetAddress()
    {
        var bytes = MemoryMarshal.CreateReadOnlySpan(in _bytes[0], Capacity);
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return Family == AfInet ? NetAddress.FromIPv4(bytes.Slice(4, 4), port) : NetAddress.FromIPv6(bytes.Slice(8, 16), port);
    }

    public void Set(ReadOnlySpan<byte> source) => source.CopyTo(MemoryMarshal.CreateSpan(ref _bytes[0], Capacity));
}
