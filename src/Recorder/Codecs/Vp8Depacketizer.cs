using System.Buffers.Binary;

namespace Classroom.Recorder.Codecs;

/// <summary>VP8 (RFC 7741); the size comes from the key frame's header (RFC 6386 §9.1).</summary>
internal sealed class Vp8Depacketizer : IDepacketizer
{
    private const int KeyHeaderLength = 10;
    private readonly FrameAssembler _frame = new();
    private bool _lost;

    public void Push(ReadOnlySpan<byte> payload, long timestamp, bool marker, bool lostBefore, List<MediaFrame> frames)
    {
        if (lostBefore)
        {
            _lost = true;
            _frame.IsBroken = true;
        }

        // A packet without payload is padding of the sender's bandwidth probe.
        if (!TryReadDescriptor(payload, out var length, out var isStart))
        {
            _frame.IsBroken |= !payload.IsEmpty;
            return;
        }

        if (!_frame.Continues(timestamp))
        {
            Finish(frames);
            _frame.Begin(timestamp, broken: !isStart);
        }

        _frame.Append(payload[length..]);
        if (marker)
        {
            Finish(frames);
        }
    }

    private void Finish(List<MediaFrame> frames)
    {
        if (!_frame.IsOpen)
        {
            return;
        }

        var data = _frame.Close();
        if (data.Length == 0)
        {
            _lost = true;
            return;
        }

        var format = Format(data);
        frames.Add(new MediaFrame(_frame.Timestamp, format is not null, data, format, _lost));
        _lost = false;
    }

    private static VideoFormat? Format(ReadOnlySpan<byte> frame)
    {
        var isKey = frame.Length >= KeyHeaderLength && (frame[0] & 1) == 0 && frame[3] == 0x9D && frame[4] == 0x01 && frame[5] == 0x2A;
        return isKey
            ? new VideoFormat("VP8", BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF, [])
            : null;
    }

    // RFC 7741 §4.2: X, then I, L, T, K; a picture id is one or two bytes.
    private static bool TryReadDescriptor(ReadOnlySpan<byte> payload, out int length, out bool isStart)
    {
        length = 1;
        isStart = false;
        if (payload.IsEmpty)
        {
            return false;
        }

        isStart = (payload[0] & 0x10) != 0 && (payload[0] & 0x07) == 0;
        if ((payload[0] & 0x80) != 0)
        {
            if (payload.Length < 3)
            {
                return false;
            }

            var extension = payload[1];
            length = 2;
            length += (extension & 0x80) == 0 ? 0 : (payload[2] & 0x80) == 0 ? 1 : 2;
            length += (extension & 0x40) == 0 ? 0 : 1;
            length += (extension & 0x30) == 0 ? 0 : 1;
        }

        return length < payload.Length;
    }
}
