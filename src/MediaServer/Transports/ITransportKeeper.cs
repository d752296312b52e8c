namespace Classroom.MediaServer.Transports;

/// <summary>Whom a connection belongs to on its loop.</summary>
internal interface ITransportKeeper
{
    /// <summary>The peer is gone, or broke the rules.</summary>
    void OnTransportGone(PeerTransport transport);
}
