using System.Buffers.Binary;
using Classroom.Recorder.Codecs;

namespace Classroom.Recorder.Matroska;

/// <summary>One frame of a captured file.</summary>
/// <param name="AtMs">In milliseconds of the file's time.</param>
internal readonly record struct MatroskaBlock(int Track, long AtMs, bool IsKey, ReadOnlyMemory<byte> Data);

/// <summary>Reads the frames of a captured file from front to back, also while it is still being written: only whole clusters are given out.</summary>
internal sealed class MatroskaBlocks : IDisposable
{
    private const int BufferBytes = 256 * 1024;
    private const int MaxClusterBytes = 64 * 1024 * 1024;
    private const int BlockHeader = 4;
    private readonly FileStream _file;
    private long _position;
    private bool _isOpen;

    public MatroskaBlocks(string path) =>
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);

    /// <summary>CodecPrivate of the picture's track; empty when there is none.</summary>
    public byte[] PictureConfiguration { get; private set; } = [];

    /// <summary>Where the next cluster begins.</summary>
    public long Position => _position;

    /// <summary>Goes on at a cluster whose place is known.</summary>
    public void Seek(long clusterStart)
    {
        Open(new EbmlReader(_file));
        _position = clusterStart;
    }

    /// <summary>Appends the frames of the next cluster.</summary>
    /// <returns>False when there is no further whole cluster (yet).</returns>
    public bool TryRead(List<MatroskaBlock> blocks)
    {
        var reader = new EbmlReader(_file);
        if (!_isOpen && !Open(reader))
        {
            return false;
        }

        while (reader.TryRead(_position, out var element) && element.Size >= 0 && element.End <= reader.Length)
        {
            _position = element.End;
            if (element.Id == MatroskaId.Cluster && element.Size <= MaxClusterBytes)
            {
                ReadCluster(element, blocks);
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _file.Dispose();

    private bool Open(EbmlReader reader)
    {
        if (_isOpen)
        {
            return true;
        }

        if (!reader.TryRead(0, out var ebml) || ebml.Id != MatroskaId.Ebml || !reader.TryRead(ebml.End, out var segment) || segment.Id != MatroskaId.Segment)
        {
            return false;
        }

        for (_position = segment.ContentStart; reader.TryRead(_position, out var element) && element.Size >= 0 && element.End <= reader.Length; _position = element.End)
        {
            if (element.Id == MatroskaId.Tracks)
            {
                ReadTracks(reader, element);
                _position = element.End;
                return _isOpen = true;
            }
        }

        return false;
    }

    private void ReadTracks(EbmlReader reader, EbmlElement tracks)
    {
        foreach (var track in Children(reader, tracks))
        {
            var parts = Children(reader, track).ToList();
            if (parts.Find(part => part.Id == MatroskaId.CodecPrivate) is { Size: > 0 } configuration && parts.Exists(part => part.Id == MatroskaId.Video))
            {
                PictureConfiguration = new byte[configuration.Size];
                reader.ReadBytes(configuration.ContentStart, PictureConfiguration);
            }
        }
    }

    private static IEnumerable<EbmlElement> Children(EbmlReader reader, EbmlElement parent)
    {
        for (var position = parent.ContentStart; position < parent.End && reader.TryRead(position, out var child) && child.Size >= 0; position = child.End)
        {
            yield return child;
        }
    }

    // The cluster is read at once: a file of a lesson has thousands of them, and each block's header would be a read of its own.
    private void ReadCluster(EbmlElement element, List<MatroskaBlock> blocks)
    {
        var bytes = new byte[element.Size];
        _file.Position = element.ContentStart;
        _file.ReadExactly(bytes);
        var reader = new EbmlReader(new MemoryStream(bytes, writable: false));
        var time = 0L;
        for (var position = 0L; reader.TryRead(position, out var child) && child.Size >= 0 && child.End <= bytes.Length; position = child.End)
        {
            if (child.Id == MatroskaId.Timestamp)
            {
                time = (long)reader.ReadUInt(child);
            }
            else if (child.Id == MatroskaId.SimpleBlock && child.Size > BlockHeader)
            {
                var block = bytes.AsMemory((int)child.ContentStart, (int)child.Size);
                var at = time + BinaryPrimitives.ReadInt16BigEndian(block.Span[1..]);
                blocks.Add(new MatroskaBlock(block.Span[0] & 0x7F, at, (block.Span[3] & 0x80) != 0, block[BlockHeader..]));
            }
        }
    }
}
