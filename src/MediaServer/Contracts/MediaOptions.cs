using System.ComponentModel.DataAnnotations;

namespace Classroom.MediaServer;

/// <summary>How the media plane meets the network.</summary>
public sealed class MediaOptions
{
    /// <summary>UDP and TCP port shared by all peers.</summary>
    /// <value>1 to 65535; default 5004, the IANA port for RTP. 0 asks the system for a free one (tests).</value>
    [Range(0, 65535)]
    public int Port { get; set; } = 5004;

    /// <summary>Serves peers that cannot send UDP by TCP on the same port number (ICE-TCP, RFC 6544).</summary>
    /// <value>Default true; on Linux only.</value>
    public bool Tcp { get; set; } = true;

    /// <summary>Addresses offered as host candidates. Empty: all of this machine's addresses, loopback last.</summary>
    public IReadOnlyList<string> PublicAddresses { get; set; } = [];

    /// <summary>Media loops (threads). 0: one per core.</summary>
    [Range(0, 256)]
    public int Loops { get; set; }

    /// <summary>Rooms that may be open at a time.</summary>
    [Range(1, 100_000)]
    public int MaxRooms { get; set; } = 1000;

    /// <summary>Connections of all rooms; most participants have one to publish and one to subscribe.</summary>
    [Range(1, 100_000)]
    public int MaxTransports { get; set; } = 4000;

    /// <summary>Participants of one room.</summary>
    [Range(1, 100_000)]
    public int MaxParticipants { get; set; } = 1000;

    /// <summary>Tracks that are sent in one room.</summary>
    [Range(1, 10_000)]
    public int MaxPublications { get; set; } = 256;

    /// <summary>Hands packets of one frame to the system as one message (UDP_SEGMENT), where it can.</summary>
    /// <value>Default true. Turned off for comparison, or for a network driver that miscounts.</value>
    public bool JoinRuns { get; set; } = true;

    /// <summary>Open microphones of a room that are forwarded at once: the loudest. 0: all of them.</summary>
    /// <value>Default 6. Recordings always get all.</value>
    [Range(0, 1000)]
    public int LoudestVoices { get; set; } = 6;

    /// <summary>
    /// Processor time of a loop, in percent of one core, from which new viewers of its rooms go to other loops. The room's
    /// packets are then passed on to those, and each loop sends to its own viewers.
    /// </summary>
    /// <value>Default 60. 0: always, as tests do.</value>
    [Range(0, 100)]
    public int SplitAbove { get; set; } = 60;

    /// <summary>Viewers of a room that stay on its own loop in any case: passing on pays for many only.</summary>
    /// <value>Default 32.</value>
    [Range(0, 100_000)]
    public int SplitFrom { get; set; } = 32;
}
