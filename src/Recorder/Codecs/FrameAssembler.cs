namespace Classroom.Recorder.Codecs;

/// <summary>Collects the pieces of one picture: from its first packet to the marker, or until the timestamp changes.</summary>
internal sealed class FrameAssembler
{
    /// <summary>A picture larger than this is not one; the limit keeps memory bounded.</summary>
    private const int MaxBytes = 8 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private long _timestamp;
    private bool _open;

    public int Length { get; private set; }

    /// <summary>A piece of this picture is missing: it must not be used.</summary>
    public bool IsBroken { get; set; }

    public Span<byte> Written => _buffer.AsSpan(0, Length);

    public bool IsOpen => _open;

    public long Timestamp => _timestamp;

    public bool Continues(long timestamp) => _open && timestamp == _timestamp;

    public void Begin(long timestamp, bool broken)
    {
        _timestamp = timestamp;
        _open = true;
        IsBroken = broken;
        Length = 0;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > MaxBytes)
        {
            IsBroken = true;
            return;
        }

        if (Length + bytes.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + bytes.Length));
        }

        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>The picture's bytes; empty when it is broken or empty.</summary>
    public byte[] Close()
    {
        _open = false;
        return IsBroken ? [] : Written.ToArray();
    }
}
