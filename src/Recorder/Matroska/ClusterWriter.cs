using System.Buffers.Binary;

namespace Classroom.Recorder.Matroska;

/// <summary>Collects blocks into one cluster, which is given out whole.</summary>
internal sealed class ClusterWriter
{
    /// <summary>What a kill can cost, and what a reader must buffer.</summary>
    public const int MaxMilliseconds = 400;

    private const int MaxBytes = 4 * 1024 * 1024;
    private readonly EbmlWriter _writer = new();
    private int _begin;
    private long _startMs;

    public bool IsEmpty => _writer.Length == 0;

    /// <summary>True when a block of that time must go into a new cluster.</summary>
    public bool IsFullFor(long atMs) => !IsEmpty && (atMs - _startMs >= MaxMilliseconds || atMs - _startMs < short.MinValue || _writer.Length > MaxBytes);

    public void Add(int track, long atMs, bool isKey, ReadOnlySpan<byte> data)
    {
        if (IsEmpty)
        {
            _startMs = atMs;
            _begin = _writer.Begin(MatroskaId.Cluster);
            _writer.UInt(MatroskaId.Timestamp, (ulong)atMs);
        }

        Span<byte> head = stackalloc byte[4];
        head[0] = (byte)(0x80 | track);
        BinaryPrimitives.WriteInt16BigEndian(head[1..], (short)(atMs - _startMs));
        head[3] = isKey ? (byte)0x80 : (byte)0;
        _writer.Id(MatroskaId.SimpleBlock);
        _writer.LongSize(head.Length + data.Length);
        _writer.Raw(head);
        _writer.Raw(data);
    }

    /// <summary>The finished cluster, valid until the next block is added.</summary>
    public ReadOnlySpan<byte> Close()
    {
        _writer.End(_begin);
        return _writer.Written;
    }

    public void Clear() => _writer.Clear();
}
