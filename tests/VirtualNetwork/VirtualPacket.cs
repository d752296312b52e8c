namespace Classroom.VirtualNetwork;

/// <summary>A packet without its bytes.</summary>
/// <param name="Stream">Number of the stream; −1: padding or anonymous data.</param>
/// <param name="Frame">Number of the frame in the stream, without gaps.</param>
/// <param name="Index">Place in the frame.</param>
/// <param name="Bytes">Size on the line.</param>
internal sealed record VirtualPacket(int Stream, VirtualFrame? Frame, int Index, int Bytes)
{
    public const int Anonymous = -1;

    public const int FullSize = 1200;

    /// <summary>Transport-wide; a repeat gets a new one.</summary>
    public ushort Sequence { get; init; }

    /// <summary>Sent before; comes under the source of repeats.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>In its stream, without gaps, as the sequence number of RTP; pictures only.</summary>
    public long Number => Frame!.First + Index;
}

/// <summary>A frame as it is forwarded.</summary>
/// <param name="Number">In its stream, without gaps.</param>
/// <param name="First">Number of its first packet.</param>
/// <param name="Packets">How many it has.</param>
/// <param name="IsKey">Needs no frame before it.</param>
/// <param name="Interval">Time to the frame before, as it was shown.</param>
/// <param name="IsResumption">The stream was paused before it; the gap is no freeze.</param>
internal sealed record VirtualFrame(long Number, long First, int Packets, bool IsKey, TimeSpan Interval, bool IsResumption);
