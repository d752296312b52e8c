using System.Net;
using System.Net.Sockets;

namespace Classroom.TestKit;

/// <summary>Ports for servers that are told where to listen.</summary>
public static class FreePort
{
    // Below the ports that a system gives to outgoing connections: one of those could take the port before the server does.
    private const int Lowest = 12_000;
    private const int Highest = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <returns>A port that nobody listens on, by UDP or TCP, and that this process was not given before.</returns>
    public static int Take()
    {
        lock (Given)
        {
            while (true)
            {
                var port = Random.Shared.Next(Lowest, Highest);
                if (!Given.Contains(port) && IsFree(port, SocketType.Stream) && IsFree(port, SocketType.Dgram))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port, SocketType type)
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, type, ProtocolType.Unspecified) { DualMode = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
