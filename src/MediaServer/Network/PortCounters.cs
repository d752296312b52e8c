namespace Classroom.MediaServer.Network;

/// <summary>What the port could not do.</summary>
internal sealed class PortCounters
{
    public long SendErrors { get; set; }

    public long RunsRefused { get; set; }
}
