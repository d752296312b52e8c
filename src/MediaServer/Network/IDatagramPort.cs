namespace Classroom.MediaServer.Network;

/// <summary>One loop's view of the UDP port: whole batches in, whole batches out.</summary>
internal interface IDatagramPort : IDisposable
{
    int Port { get; }

    /// <summary>Whether runs of equal packets may be handed over as one message.</summary>
    bool CanSendRuns { get; }

    /// <summary>Called once by the thread that will use the port, before anything else.</summary>
    void Enter();

    /// <summary>Waits for datagrams, a wake-up or the end of the timeout, then reads what is there.</summary>
    /// <returns>Number of datagrams, readable until the next call.</returns>
    int Receive(TimeSpan timeout);

    Span<byte> Datagram(int index);

    /// <summary>Sender of a datagram; the memory stays valid until the next <see cref="Receive"/>.</summary>
    unsafe SocketAddressBytes* From(int index);

    /// <summary>Sends everything in the queue and empties it.</summary>
    void Send(SendQueue queue);

    /// <summary>Ends a running <see cref="Receive"/>. May be called from any thread.</summary>
    void Wake();
}
