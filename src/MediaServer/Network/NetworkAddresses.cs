using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Classroom.Rtc.Sdp;

namespace Classroom.MediaServer.Network;

/// <summary>Which addresses peers may try.</summary>
internal static class NetworkAddresses
{
    private const int MostCandidates = 12;

    // A browser opens a connection from each of its own addresses to each of these.
    private const int MostTcpCandidates = 4;
    private const string Loopback = "127.0.0.1";

    /// <param name="configured">As the operator wrote them; empty: all of this machine's, loopback last.</param>
    /// <param name="withTcp">The port takes TCP connections as well: those candidates come last.</param>
    public static IReadOnlyList<LocalCandidate> Candidates(IReadOnlyList<string> configured, int port, bool withTcp)
    {
        var addresses = configured.Count > 0 ? configured : Discover();
        return
        [
            .. addresses.Take(MostCandidates).Select(address => new LocalCandidate(address, port)),
            .. addresses.Take(withTcp ? MostTcpCandidates : 0).Select(address => new LocalCandidate(address, port, IsTcp: true)),
        ];
    }

    /// <summary>Peers may know this host by several addresses of one kind, so that the system's choice for an answer may be the wrong one.</summary>
    /// <param name="configured">As the operator wrote them.</param>
    public static bool AreSeveral(IReadOnlyList<string> configured) => HasTwoOfAKind(configured) || HasTwoOfAKind(Discover().Where(a => a != Loopback));

    private static bool HasTwoOfAKind(IEnumerable<string> addresses) =>
        addresses.Where(a => IPAddress.TryParse(a, out _)).GroupBy(a => IPAddress.Parse(a).AddressFamily).Any(kind => kind.Count() > 1);

    private static IReadOnlyList<string> Discover()
    {
        var found = NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(IsUseful)
            .OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .Select(a => a.ToString())
            .Distinct(StringComparer.Ordinal);
        return [.. found, Loopback];
    }

    private static bool IsUseful(IPAddress address) =>
        !IPAddress.IsLoopback(address)
        && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
        && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast && (Socket.OSSupportsIPv6 || address.AddressFamily == AddressFamily.InterNetwork);
}
