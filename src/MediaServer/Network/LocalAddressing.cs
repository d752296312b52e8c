using System.Net.Sockets;

namespace Classroom.MediaServer.Network;

/// <summary>
/// Which of our addresses a datagram came to, and has to leave from (RFC 3542, 6). Only on hosts of several: elsewhere the
/// system's choice is the only one.
/// </summary>
/// <param name="isDual">The socket is of IPv6, which takes IPv4 as mapped addresses.</param>
internal sealed unsafe class LocalAddressing(bool isDual)
{
    private const int HeaderLength = 16;
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;
    private const int MappedPrefix = 12;

    // in_pktinfo: index of the interface, our address, address in the header. in6_pktinfo: address, index.
    private const int Ipv4At = 4;
    private const int Ipv4InfoLength = 12;
    private const int Ipv6InfoLength = 20;

    /// <summary>Asks the system to tell it with each datagram.</summary>
    public static LocalAddressing Begin(Socket socket)
    {
        var isDual = socket.AddressFamily == AddressFamily.InterNetworkV6;
        socket.SetRawSocketOption(
            isDual ? LinuxNative.SolIpv6 : LinuxNative.SolIp, isDual ? LinuxNative.Ipv6ReceivePacketInfo : LinuxNative.IpPacketInfo, BitConverter.GetBytes(1));
        return new LocalAddressing(isDual);
    }

    /// <summary>Keeps the address at which a datagram came in with that of its sender.</summary>
    public void Read(LinuxNative.PacketInfoControl* control, nuint length, SocketAddressBytes* from)
    {
        Span<byte> address = stackalloc byte[Ipv6Length];
        if (length < (nuint)(HeaderLength + (isDual ? Ipv6InfoLength : Ipv4InfoLength)))
        {
            from->ForgetLocal();
            return;
        }

        if (isDual)
        {
            new ReadOnlySpan<byte>(control->Info, Ipv6Length).CopyTo(address);
        }
        else
        {
            address[..MappedPrefix].Clear();
            (address[MappedPrefix - 2], address[MappedPrefix - 1]) = (0xFF, 0xFF);
            new ReadOnlySpan<byte>(control->Info + Ipv4At, Ipv4Length).CopyTo(address[MappedPrefix..]);
        }

        from->SetLocal(address);
    }

    /// <summary>Writes from where a message has to leave.</summary>
    /// <returns>Bytes that it takes.</returns>
    public nuint Write(LinuxNative.PacketInfoControl* control, SocketAddressBytes* to)
    {
        Span<byte> address = stackalloc byte[Ipv6Length];
        to->CopyLocal(address);
        *control = default;
        if (isDual)
        {
            (control->Length, control->Level, control->Type) = (HeaderLength + Ipv6InfoLength, LinuxNative.SolIpv6, LinuxNative.Ipv6PacketInfo);
            address.CopyTo(new Span<byte>(control->Info, Ipv6Length));
            return HeaderLength + Ipv6InfoLength + 4;
        }

        (control->Length, control->Level, control->Type) = (HeaderLength + Ipv4InfoLength, LinuxNative.SolIp, LinuxNative.IpPacketInfo);
        address[MappedPrefix..].CopyTo(new Span<byte>(control->Info + Ipv4At, Ipv4Length));
        return HeaderLength + Ipv4InfoLength + 4;
    }
}
