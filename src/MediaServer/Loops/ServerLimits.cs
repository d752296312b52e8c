namespace Classroom.MediaServer.Loops;

/// <summary>What one server, and one room of it, takes on. Shared by all loops; asked when something is made, never per packet.</summary>
internal sealed class ServerLimits(MediaOptions options)
{
    private int _transports;

    /// <summary>In one room.</summary>
    public int MostParticipants => options.MaxParticipants;

    /// <summary>In one room.</summary>
    public int MostPublications => options.MaxPublications;

    public int MostRooms => options.MaxRooms;

    /// <summary>False when the server has as many connections as it may.</summary>
    public bool TryAddTransport()
    {
        if (Interlocked.Increment(ref _transports) <= options.MaxTransports)
        {
            return true;
        }

        RemoveTransport();
        return false;
    }

    public void RemoveTransport() => Interlocked.Decrement(ref _transports);
}
