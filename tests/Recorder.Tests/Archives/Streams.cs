namespace Classroom.Recorder.Tests.Archives;

/// <summary>Zeros without end.</summary>
internal sealed class ZeroStream : OneWayStream
{
    public override bool CanRead => true;

    public override int Read(byte[] buffer, int offset, int count)
    {
        buffer.AsSpan(offset, count).Clear();
        return count;
    }
}

/// <summary>Keeps what is not zero, so that gigabytes of zeros take no memory.</summary>
internal sealed class SparseStream : OneWayStream
{
    private readonly SortedList<long, byte[]> _parts = [];
    private long _length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get; set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var part = buffer.AsSpan(offset, count);
        if (part.ContainsAnyExcept((byte)0))
        {
            _parts[Position] = part.ToArray();
        }

        Position += count;
        _length = Math.Max(_length, Position);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var wanted = buffer.AsSpan(offset, (int)Math.Min(count, _length - Position));
        wanted.Clear();
        foreach (var (at, part) in _parts)
        {
            var (from, to) = (Math.Max(at, Position), Math.Min(at + part.Length, Position + wanted.Length));
            if (from < to)
            {
                part.AsSpan((int)(from - at), (int)(to - from)).CopyTo(wanted[(int)(from - Position)..]);
            }
        }

        Position += wanted.Length;
        return wanted.Length;
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => _length };
}

/// <summary>What a stream of a test need not do.</summary>
internal abstract class OneWayStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
