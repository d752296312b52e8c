using System.Collections.Concurrent;
using Classroom.MediaServer.Transports;
using Classroom.Rtc;
using Classroom.Rtc.Dtls;
using Classroom.Rtc.Sdp;
using Microsoft.Extensions.Logging;

namespace Classroom.MediaServer.Loops;

/// <summary>What all loops of one server share.</summary>
/// <param name="Routes">Validated address → loop.</param>
/// <param name="Names">Username fragment of ours → loop.</param>
/// <param name="JoinRuns">Whether runs may be handed to the system as one message.</param>
/// <param name="LoudestVoices">Microphones of a room that are forwarded at once; 0 for all.</param>
/// <param name="Split">When rooms go beyond one loop.</param>
/// <param name="Limits">What the server takes on.</param>
internal sealed record LoopEnvironment(
    int Loops,
    MediaClock Clock,
    DtlsCertificate Certificate,
    HandshakeWorker Handshakes,
    IReadOnlyList<LocalCandidate> Candidates,
    ConcurrentDictionary<NetAddress, int> Routes,
    ConcurrentDictionary<ulong, int> Names,
    bool JoinRuns,
    int LoudestVoices,
    SplitRule Split,
    ServerLimits Limits,
    ILogger Logger);

/// <summary>When new viewers of a room go to another loop.</summary>
/// <param name="Above">Share of a core that the room's own loop takes by then, 0 to 1.</param>
/// <param name="From">Viewers of the room that it has by then.</param>
internal sealed record SplitRule(double Above, int From);
