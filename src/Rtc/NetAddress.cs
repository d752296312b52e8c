using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Classroom.Rtc;

/// <summary>
/// An IPv4 or IPv6 address, a port and UDP or TCP: a value without allocation. IPv4 is kept as <c>::ffff:a.b.c.d</c>, so that an
/// address seen through a dual-stack socket equals the same address seen through an IPv4 socket.
/// </summary>
public readonly struct NetAddress : IEquatable<NetAddress>
{
    private const uint MappedPrefix = 0x0000_FFFF;
    private readonly ulong _high;
    private readonly ulong _low;

    private NetAddress(ulong high, ulong low, ushort port, bool isTcp = false)
    {
        _high = high;
        _low = low;
        Port = port;
        IsTcp = isTcp;
    }

    /// <summary>UDP or TCP port.</summary>
    public ushort Port { get; }

    /// <summary>The peer is reached by a TCP connection. The same address and port by UDP is somebody else's.</summary>
    public bool IsTcp { get; }

    /// <summary>
    /// Whom to count what comes from this address against: the address itself for IPv4, its /64 for IPv6, where one machine
    /// has as many addresses as it likes.
    /// </summary>
    public NetAddress Network => IsIPv4 ? new(_high, _low, 0) : new(_high, 0, 0);

    /// <summary>True for IPv4, also when it came in mapped to IPv6.</summary>
    public bool IsIPv4 => _high == 0 && _low >> 32 == MappedPrefix;

    /// <summary>True for the value that no address has been written to.</summary>
    public bool IsEmpty => _high == 0 && _low == 0 && Port == 0;

    /// <summary>Number of bytes that <see cref="WriteAddress"/> writes: 4 or 16.</summary>
    public int AddressLength => IsIPv4 ? 4 : 16;

    public static bool operator ==(NetAddress left, NetAddress right) => left.Equals(right);

    public static bool operator !=(NetAddress left, NetAddress right) => !left.Equals(right);

    /// <param name="address">4 bytes in network order.</param>
    /// <param name="port">In host order.</param>
    public static NetAddress FromIPv4(ReadOnlySpan<byte> address, ushort port) =>
        new(0, ((ulong)MappedPrefix << 32) | BinaryPrimitives.ReadUInt32BigEndian(address), port);

    /// <param name="address">16 bytes in network order.</param>
    /// <param name="port">In host order.</param>
    public static NetAddress FromIPv6(ReadOnlySpan<byte> address, ushort port) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[8..]), port);

    /// <summary>The same address and port by TCP.</summary>
    public NetAddress OverTcp() => new(_high, _low, Port, isTcp: true);

    /// <summary>Reads <c>192.0.2.1:5004</c> or <c>[2001:db8::1]:5004</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NetAddress address)
    {
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = text[..colon];
        var bracketed = host[0] == '[' && host[^1] == ']';
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out var ip) || (!bracketed && ip.GetAddressBytes().Length == 16))
        {
            return false;
        }

        var bytes = ip.GetAddressBytes();
        address = bytes.Length == 4 ? FromIPv4(bytes, port) : FromIPv6(bytes, port);
        return true;
    }

    /// <summary>Writes the 4 or 16 bytes of the address in network order and returns their number.</summary>
    public int WriteAddress(Span<byte> destination)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
            return 4;
        }

        return WriteMappedAddress(destination);
    }

    /// <summary>Writes 16 bytes, IPv4 as <c>::ffff:a.b.c.d</c>: what a dual-stack socket takes.</summary>
    public int WriteMappedAddress(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    public bool Equals(NetAddress other) => _high == other._high && _low == other._low && Port == other.Port && IsTcp == other.IsTcp;

    public override bool Equals(object? obj) => obj is NetAddress other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_high, _low, Port, IsTcp);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        var ip = new IPAddress(bytes[..WriteAddress(bytes)]);
        var text = IsIPv4 ? $"{ip}:{Port}" : $"[{ip}]:{Port}";
        return IsTcp ? text + "/tcp" : text;
    }
}
