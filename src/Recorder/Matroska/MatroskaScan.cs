using System.Buffers.Binary;

namespace Classroom.Recorder.Matroska;

/// <param name="Start">Place of the cluster in the file.</param>
/// <param name="HasKey">Begins with a key frame of the first track: a place to seek to.</param>
internal sealed record MatroskaCluster(long Start, long TimestampMs, bool HasKey);

/// <summary>What lies where in a captured file, whole or cut off anywhere.</summary>
internal sealed class MatroskaScan
{
    private const int ClustersReadForEnd = 8;
    private const int AssumedLastFrameMs = 20;
    private readonly EbmlReader _reader;
    private readonly List<MatroskaCluster> _clusters = [];

    private MatroskaScan(Stream stream) => _reader = new EbmlReader(stream);

    public IReadOnlyList<MatroskaCluster> Clusters => _clusters;

    /// <summary>Where the segment's content begins: positions in the seek head and cues count from here.</summary>
    public long SegmentStart { get; private set; }

    /// <summary>Place of the room for the seek head; 0 when there is none.</summary>
    public long SeekHeadRoom { get; private set; }

    /// <summary>Place of the room for the duration; 0 when there is none (any more).</summary>
    public long DurationRoom { get; private set; }

    public long InfoStart { get; private set; }

    public long TracksStart { get; private set; }

    /// <summary>Whether the file was closed: cues follow the clusters.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Number of the first track: the picture's when there is one.</summary>
    public int FirstTrack { get; private set; }

    /// <summary>End of the last whole cluster: everything behind it can be cut off.</summary>
    public long End { get; private set; }

    /// <summary>Time of the last block, in milliseconds, and a frame's length more.</summary>
    public long DurationMs { get; private set; }

    /// <summary>False when nothing in the file can be played.</summary>
    public bool IsPlayable => TracksStart > 0 && _clusters.Count > 0;

    public static MatroskaScan Read(Stream stream)
    {
        var scan = new MatroskaScan(stream);
        scan.ReadSegment();
        foreach (var cluster in scan._clusters.TakeLast(ClustersReadForEnd))
        {
            scan.ReadEnd(cluster);
        }

        return scan;
    }

    private void ReadSegment()
    {
        if (!_reader.TryRead(0, out var ebml) || ebml.Id != MatroskaId.Ebml
            || !_reader.TryRead(ebml.End, out var segment) || segment.Id != MatroskaId.Segment)
        {
            return;
        }

        SegmentStart = segment.ContentStart;
        for (var position = SegmentStart; _reader.TryRead(position, out var element) && element.Size >= 0 && element.End <= _reader.Length; position = element.End)
        {
            Note(element);
        }
    }

    private void Note(EbmlElement element)
    {
        switch (element.Id)
        {
            case MatroskaId.Void when TracksStart == 0 && SeekHeadRoom == 0:
                SeekHeadRoom = element.Start;
                break;
            case MatroskaId.Info:
                InfoStart = element.Start;
                DurationRoom = Children(element).FirstOrDefault(child => child.Id == MatroskaId.Void).Start;
                break;
            case MatroskaId.Tracks:
                TracksStart = element.Start;
                FirstTrack = (int)_reader.ReadUInt(Children(Children(element).FirstOrDefault()).FirstOrDefault());
                End = element.End;
                break;
            case MatroskaId.Cluster:
                AddCluster(element);
                break;
            case MatroskaId.Cues:
                IsFinished = true;
                break;
        }
    }

    private void AddCluster(EbmlElement element)
    {
        if (!_reader.TryRead(element.ContentStart, out var time) || time.Id != MatroskaId.Timestamp)
        {
            return;
        }

        Span<byte> head = stackalloc byte[4];
        var hasKey = _reader.TryRead(time.End, out var block) && block.Id == MatroskaId.SimpleBlock
            && _reader.ReadBytes(block.ContentStart, head) == 4 && (head[3] & 0x80) != 0;
        _clusters.Add(new MatroskaCluster(element.Start, (long)_reader.ReadUInt(time), hasKey && head[0] == (0x80 | FirstTrack)));
        End = element.End;
    }

    private void ReadEnd(MatroskaCluster cluster)
    {
        _reader.TryRead(cluster.Start, out var element);
        Span<byte> head = stackalloc byte[4];
        foreach (var block in Children(element).Where(child => child.Id == MatroskaId.SimpleBlock))
        {
            if (_reader.ReadBytes(block.ContentStart, head) == 4)
            {
                var at = cluster.TimestampMs + BinaryPrimitives.ReadInt16BigEndian(head[1..]);
                DurationMs = Math.Max(DurationMs, at + AssumedLastFrameMs);
            }
        }
    }

    private IEnumerable<EbmlElement> Children(EbmlElement parent)
    {
        for (var position = parent.ContentStart; position < parent.End && _reader.TryRead(position, out var child) && child.Size >= 0; position = child.End)
        {
            yield return child;
        }
    }
}
