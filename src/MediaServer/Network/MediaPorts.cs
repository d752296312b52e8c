using System.Net;
using System.Net.Sockets;
using Classroom.MediaServer.Loops;
using Classroom.MediaServer.Network.Tcp;

namespace Classroom.MediaServer.Network;

/// <summary>What one loop reads and writes.</summary>
/// <param name="Streams">Its TCP connections; null where TCP is not served.</param>
internal sealed record LoopPort(IDatagramPort Port, StreamTable? Streams);

/// <summary>The media port: UDP once for each loop, and TCP under the same number.</summary>
/// <param name="Listener">Null where TCP is not served.</param>
internal sealed record MediaPorts(int Port, IReadOnlyList<LoopPort> Loops, Socket? Listener)
{
    private const int Backlog = 128;
    private const int Attempts = 16;

    /// <param name="port">0: one that is free.</param>
    /// <param name="withTcp">TCP is served on Linux only.</param>
    /// <param name="keepsLocal">The host has several addresses.</param>
    /// <param name="counters">One for each loop.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static MediaPorts Open(int port, bool withTcp, bool keepsLocal, IReadOnlyList<LoopCounters> counters)
    {
        for (var attempt = 1; ; attempt++)
        {
            var datagrams = DatagramPorts.Open(port, keepsLocal, [.. counters.Select(c => c.Port)]);
            var number = datagrams[0].Port;
            if (!withTcp || !OperatingSystem.IsLinux())
            {
                return new MediaPorts(number, [.. datagrams.Select(d => new LoopPort(d, null))], null);
            }

            try
            {
                var listener = Listen(number);
                return new MediaPorts(number, [.. datagrams.Zip(counters, Combine)], listener);
            }
            catch (SocketException) when (port == 0 && attempt < Attempts)
            {
                // Free for UDP, taken for TCP: another number.
                Close(datagrams);
            }
            catch
            {
                Close(datagrams);
                throw;
            }
        }
    }

    private static LoopPort Combine(IDatagramPort datagrams, LoopCounters counters)
    {
        var streams = new StreamTable(counters);
        return new LoopPort(new CombinedPort((LinuxDatagramPort)datagrams, streams), streams);
    }

    private static void Close(IReadOnlyList<IDatagramPort> ports)
    {
        foreach (var port in ports)
        {
            port.Dispose();
        }
    }

    private static Socket Listen(int port)
    {
        var dual = Socket.OSSupportsIPv6;
        var listener = new Socket(dual ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (dual)
            {
                listener.DualMode = true;
            }

            listener.Blocking = false;
            listener.Bind(new IPEndPoint(dual ? IPAddress.IPv6Any : IPAddress.Any, port));
            listener.Listen(Backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }
}
