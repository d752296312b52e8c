using Classroom.MediaServer.Network;

namespace Classroom.MediaServer.Loops;

/// <summary>Counts of one loop. Written by its thread only; readers may see values a moment old.</summary>
internal sealed class LoopCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<Refusal>().Length];

    public PortCounters Port { get; } = new();

    public long DatagramsIn { get; set; }

    public long BytesIn { get; set; }

    public long PacketsOut { get; set; }

    public long BytesOut { get; set; }

    public long MessagesOut { get; set; }

    public long Repeated { get; set; }

    public long Repaired { get; set; }

    public long RepairedInVain { get; set; }

    public long BroughtBack { get; set; }

    /// <summary>Packets passed to other loops for the viewers there.</summary>
    public long Relayed { get; set; }

    public void Refuse(Refusal reason) => _refused[(int)reason]++;

    public long Refused(Refusal reason) => Volatile.Read(ref _refused[(int)reason]);
}
