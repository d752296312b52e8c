using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Classroom.Server.Tls;

/// <summary>The names and addresses under which others reach this machine.</summary>
internal static class MachineNames
{
    /// <summary>Addresses of the interfaces that are up; loopback last, link-local left out.</summary>
    public static IReadOnlyList<IPAddress> Addresses() => [.. NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => !address.IsIPv6LinkLocal)
        .Distinct()
        .OrderBy(IPAddress.IsLoopback)
        .ThenBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)];

    /// <summary>What a person in the same network types: the first IPv4 address, or localhost.</summary>
    public static string Preferred() => Addresses()
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))?.ToString() ?? "localhost";
}
