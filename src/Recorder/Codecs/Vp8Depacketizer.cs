using System.Buffers.Binary;
using Classroom.Rtc.Codecs;

namespace Classroom.Recorder.Codecs;

/// <summary>VP8 (RFC 7741); the size comes from the key frame's header (RFC 6386 §9.1).</summary>
internal sealed class Vp8Depacketizer : IDepacketizer
{
    private const int KeyHeaderLength = 10;

    // S set and partition index 0 (RFC 7741 §4.2).
    private const int StartMask = 0x17;
    private const int StartOfFrame = 0x10;

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
        var length = Vp8Payload.DescriptorLength(payload);
        if (length == 0 || length == payload.Length)
        {
            _frame.IsBroken |= !payload.IsEmpty;
            return;
        }

        if (!_frame.Continues(timestamp))
        {
            Finish(frames);
            _frame.Begin(timestamp, broken: (payload[0] & StartMask) != StartOfFrame);
        }

        _frame.Append(payload[length..]);
        if (marker)
        {
            Finish(frames);
        }
    }

    /// <summary>Null when it is not a key frame.</summary>
    public static VideoFormat? Format(ReadOnlySpan<byte> frame)
    {
        var isKey = frame.Length >= KeyHeaderLength && (frame[0] & 1) == 0 && frame[3] == 0x9D && frame[4] == 0x01 && frame[5] == 0x2A;
        return isKey
            ? new VideoFormat("VP8", BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF, [])
            : null;
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
}
