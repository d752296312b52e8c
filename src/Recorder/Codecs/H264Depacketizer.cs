using System.Buffers.Binary;

namespace Classroom.Recorder.Codecs;

/// <summary>
/// H.264 (RFC 6184, packetization mode 1: single units, STAP-A, FU-A). Pictures come out with 4-byte lengths, as in MP4. Every
/// key frame begins with its parameter sets, so that one file can hold several sizes; access unit delimiters go away.
/// </summary>
internal sealed class H264Depacketizer : IDepacketizer
{
    private const int TypeMask = 0x1F;
    private const int Idr = 5;
    private const int Sps = 7;
    private const int Pps = 8;
    private const int Delimiter = 9;
    private const int StapA = 24;
    private const int FuA = 28;

    private readonly FrameAssembler _frame = new();
    private readonly AvcParameterSets _parameters = new();
    private int _fragmentStart = -1;
    private bool _isKey;
    private bool _lost;

    public void Push(ReadOnlySpan<byte> payload, long timestamp, bool marker, bool lostBefore, List<MediaFrame> frames)
    {
        if (lostBefore)
        {
            _lost = true;
            _frame.IsBroken = true;
            _fragmentStart = -1;
        }

        if (payload.IsEmpty)
        {
            return;
        }

        if (!_frame.Continues(timestamp))
        {
            Finish(frames);
            // What was lost may have been the beginning of this picture.
            _frame.Begin(timestamp, broken: lostBefore && !BeginsPicture(payload));
            _isKey = false;
        }

        Unpack(payload);
        if (marker)
        {
            Finish(frames);
        }
    }

    private void Unpack(ReadOnlySpan<byte> payload)
    {
        switch (payload[0] & TypeMask)
        {
            case >= 1 and <= 23:
                AddUnit(payload);
                break;
            case StapA:
                AddAggregate(payload[1..]);
                break;
            case FuA when payload.Length > 2:
                AddFragment(payload);
                break;
            default:
                _frame.IsBroken = true;
                break;
        }
    }

    private void AddAggregate(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 2)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (size == 0 || size > rest.Length - 2)
            {
                _frame.IsBroken = true;
                return;
            }

            AddUnit(rest.Slice(2, size));
            rest = rest[(2 + size)..];
        }
    }

    private void AddUnit(ReadOnlySpan<byte> unit)
    {
        var type = unit[0] & TypeMask;
        if (type is Sps or Pps)
        {
            _parameters.Add(unit, isSequence: type == Sps);
            return;
        }

        if (type != Delimiter)
        {
            _isKey |= type == Idr;
            BeginUnit();
            _frame.Append(unit);
            EndUnit();
        }
    }

    // RFC 6184 §5.8: indicator (F, NRI), header (S, E, R, type), then a piece of the unit's body.
    private void AddFragment(ReadOnlySpan<byte> payload)
    {
        var header = payload[1];
        if ((header & 0x80) != 0)
        {
            BeginUnit();
            _isKey |= (header & TypeMask) == Idr;
            _frame.Append([(byte)((payload[0] & 0xE0) | (header & TypeMask))]);
        }
        else if (_fragmentStart < 0)
        {
            _frame.IsBroken = true;
            return;
        }

        _frame.Append(payload[2..]);
        if ((header & 0x40) != 0)
        {
            EndUnit();
        }
    }

    private void BeginUnit()
    {
        _fragmentStart = _frame.Length;
        _frame.Append([0, 0, 0, 0]);
    }

    private void EndUnit()
    {
        if (!_frame.IsBroken)
        {
            BinaryPrimitives.WriteInt32BigEndian(_frame.Written[_fragmentStart..], _frame.Length - _fragmentStart - 4);
        }

        _fragmentStart = -1;
    }

    private void Finish(List<MediaFrame> frames)
    {
        if (!_frame.IsOpen)
        {
            return;
        }

        // A unit whose last fragment never came.
        _frame.IsBroken |= _fragmentStart >= 0;
        _fragmentStart = -1;
        var broken = _frame.IsBroken;
        var data = _frame.Close();
        _lost |= broken;
        if (data.Length == 0)
        {
            return; // Only parameter sets, or broken.
        }

        var format = _isKey ? _parameters.Format() : null;
        frames.Add(new MediaFrame(_frame.Timestamp, format is not null, format is null ? data : [.. _parameters.Units(), .. data], format, _lost));
        _lost = false;
    }

    private static bool BeginsPicture(ReadOnlySpan<byte> payload) => (payload[0] & TypeMask) switch
    {
        Sps or Delimiter => true,
        StapA => payload.Length > 3 && (payload[3] & TypeMask) is Sps or Delimiter,
        _ => false,
    };
}
