namespace Classroom.Rtc.Fuzz.Targets;

/// <summary>Telling datagrams apart.</summary>
internal sealed class DemuxTarget : FuzzTarget
{
    public override string Name => "demux";

    public override IReadOnlyList<byte[]> Corpus { get; } = [[0, 1], [22, 254], [128, 200], [144, 111], [255, 0], []];

    public override long AllocationLimit => 0;

    public override int Run(byte[] input) => (int)Datagram.Classify(input);
}
