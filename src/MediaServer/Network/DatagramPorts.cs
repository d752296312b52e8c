using System.Net;
using System.Net.Sockets;

namespace Classroom.MediaServer.Network;

/// <summary>Opens the one UDP port, once for each loop.</summary>
internal static class DatagramPorts
{
    private const int SocketBuffer = 8 * 1024 * 1024;

    /// <param name="port">0: a free one.</param>
    /// <param name="keepsLocal">The host has several addresses: answers leave from the one at which a peer knows it.</param>
    /// <param name="counters">One for each loop.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static IReadOnlyList<IDatagramPort> Open(int port, bool keepsLocal, IReadOnlyList<PortCounters> counters)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [new SocketDatagramPort(Bind(port, shared: false), counters[0])];
        }

        if (counters.Count > 1 && port != 0)
        {
            // Another server with a shared port would silently take half of our datagrams: fail instead.
            Bind(port, shared: false).Dispose();
        }

        var ports = new List<IDatagramPort>(counters.Count);
        foreach (var counter in counters)
        {
            var socket = Bind(port, shared: counters.Count > 1);
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            ports.Add(new LinuxDatagramPort(socket, counter, keepsLocal));
        }

        return ports;
    }

    private static Socket Bind(int port, bool shared)
    {
        var dual = Socket.OSSupportsIPv6;
        var socket = dual
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            EnlargeBuffers(socket);
            if (shared)
            {
                socket.SetRawSocketOption(LinuxNative.SolSocket, LinuxNative.SoReusePort, BitConverter.GetBytes(1));
            }

            socket.Bind(new IPEndPoint(dual ? IPAddress.IPv6Any : IPAddress.Any, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void EnlargeBuffers(Socket socket)
    {
        socket.ReceiveBufferSize = SocketBuffer;
        socket.SendBufferSize = SocketBuffer;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            // Past net.core.rmem_max, where the process may.
            socket.SetRawSocketOption(LinuxNative.SolSocket, LinuxNative.SoReceiveBufferForce, BitConverter.GetBytes(SocketBuffer));
            socket.SetRawSocketOption(LinuxNative.SolSocket, LinuxNative.SoSendBufferForce, BitConverter.GetBytes(SocketBuffer));
        }
        catch (SocketException)
        {
            // Needs CAP_NET_ADMIN; the plain sizes above stand.
        }
    }
}
