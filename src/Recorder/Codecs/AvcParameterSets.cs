using System.Buffers.Binary;
using Classroom.Rtc.Codecs;

namespace Classroom.Recorder.Codecs;

/// <summary>The newest sequence and picture parameter set of an H.264 stream and what MP4 and Matroska want of them.</summary>
internal sealed class AvcParameterSets
{
    private byte[] _sequence = [];
    private byte[] _picture = [];
    private VideoFormat? _format;

    public void Add(ReadOnlySpan<byte> unit, bool isSequence)
    {
        ref var kept = ref isSequence ? ref _sequence : ref _picture;
        if (!unit.SequenceEqual(kept))
        {
            kept = unit.ToArray();
            _format = null;
        }
    }

    /// <summary>Takes both sets from an AVCDecoderConfigurationRecord; a stream that has its own later replaces them.</summary>
    public void AddRecord(ReadOnlySpan<byte> record)
    {
        const int Fixed = 6;
        if (record.Length > Fixed + 2 && BinaryPrimitives.ReadUInt16BigEndian(record[Fixed..]) is var sequence && record.Length > Fixed + 2 + sequence + 3)
        {
            Add(record.Slice(Fixed + 2, sequence), isSequence: true);
            var rest = record[(Fixed + 2 + sequence + 1)..];
            var picture = BinaryPrimitives.ReadUInt16BigEndian(rest);
            Add(rest.Slice(2, Math.Min(picture, rest.Length - 2)), isSequence: false);
        }
    }

    /// <summary>Both sets as units with 4-byte lengths, as they stand in front of a key frame.</summary>
    public byte[] Units() => [.. Unit(_sequence), .. Unit(_picture)];

    /// <summary>Null until both sets have come and the size can be read.</summary>
    public VideoFormat? Format()
    {
        if (_format is null && _sequence.Length > 4 && _picture.Length > 0 && SequenceParameters.TryReadSize(_sequence, out var width, out var height))
        {
            _format = new VideoFormat("H264", width, height, Configuration());
        }

        return _format;
    }

    private static byte[] Unit(byte[] unit) => [(byte)(unit.Length >> 24), (byte)(unit.Length >> 16), (byte)(unit.Length >> 8), (byte)unit.Length, .. unit];

    // ISO/IEC 14496-15 §5.3.3.1: version, profile, compatibility, level, length size 4, one SPS, one PPS.
    private byte[] Configuration() =>
    [
        1, _sequence[1], _sequence[2], _sequence[3], 0xFF,
        0xE1, (byte)(_sequence.Length >> 8), (byte)_sequence.Length, .. _sequence,
        1, (byte)(_picture.Length >> 8), (byte)_picture.Length, .. _picture,
    ];
}
