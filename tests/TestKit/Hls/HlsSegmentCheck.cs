using System.Buffers.Binary;

namespace Classroom.TestKit.Hls;

/// <summary>What a rendition turned out to be.</summary>
/// <param name="Parts">Between discontinuities: the first decode time and the length, in seconds.</param>
internal sealed record HlsRenditionFacts(long Target, IReadOnlyList<string> Codecs, double PeakBitsPerSecond, IReadOnlyList<(double Start, double Seconds)> Parts);

/// <summary>Opens every segment of a media playlist.</summary>
internal sealed class HlsSegmentCheck(HlsPlaylist media, Action<string> broken)
{
    /// <summary>EXTINF may be rounded.</summary>
    private const double Rounding = 0.0025;

    private readonly Dictionary<(string, HlsPlace?), Mp4Header> _headers = [];
    private readonly List<(double Start, double Seconds)> _parts = [];
    private readonly List<(double Bits, double Seconds)> _rates = [];
    private double? _next;
    private (uint Track, bool IsPicture)? _shape;

    public HlsRenditionFacts Run()
    {
        for (var i = 0; i < media.Entries.Count; i++)
        {
            try
            {
                Check(i);
            }
            catch (Exception error) when (error is InvalidDataException or IOException)
            {
                broken($"segment {i} ({media.Entries[i].Uri}): {error.Message}");
            }
        }

        return new HlsRenditionFacts(media.Target, [.. _headers.Values.Select(header => header.Codec).Distinct()], Peak(), _parts);
    }

    private void Check(int index)
    {
        var entry = media.Entries[index];
        var header = Header(entry);
        var bytes = Bytes(entry.Uri, entry.Range);
        var frames = Mp4Media.Read(bytes, header);
        var start = (double)frames[0].DecodeTime / header.Timescale;
        var end = (double)(frames[^1].DecodeTime + frames[^1].Duration) / header.Timescale;
        _rates.Add((bytes.Length * 8.0, entry.Seconds));
        Rule(Math.Abs(end - start - entry.Seconds) <= Rounding, index, $"EXTINF {entry.Seconds:0.000} is its length {end - start:0.000} (§4.3.2.1)");
        Rule(frames.All(frame => frame.Duration > 0), index, "every sample lasts");
        Rule(frames[0].IsKey, index, "it begins with a key frame: segments are independent (§4.3.5.1)");
        if (header.IsPicture)
        {
            CheckUnits(frames, index);
        }

        if (index == 0 || entry.Part != media.Entries[index - 1].Part)
        {
            _parts.Add((start, entry.Seconds));
        }
        else
        {
            Rule(Math.Abs(start - _next!.Value) <= Rounding, index, $"decode times go on: {start:0.000} after {_next:0.000} without EXT-X-DISCONTINUITY (§4.3.2.3)");
            Rule(_shape == (header.TrackId, header.IsPicture), index, "tracks stay the same without EXT-X-DISCONTINUITY (§4.3.2.3)");
            _parts[^1] = (_parts[^1].Start, _parts[^1].Seconds + entry.Seconds);
        }

        (_next, _shape) = (end, (header.TrackId, header.IsPicture));
    }

    // ISO/IEC 14496-15: whole units with 4-byte lengths; with "avc1" the parameter sets stand in the header alone.
    private void CheckUnits(IReadOnlyList<Mp4Frame> frames, int index)
    {
        foreach (var frame in frames)
        {
            var types = new List<int>();
            var rest = frame.Data.Span;
            while (rest.Length > 4 && BinaryPrimitives.ReadUInt32BigEndian(rest) is var size && size > 0 && size <= rest.Length - 4)
            {
                types.Add(rest[4] & 0x1F);
                rest = rest[(4 + (int)size)..];
            }

            Rule(rest.IsEmpty, index, "H.264 units fill the sample");
            Rule(frame.IsKey == types.Contains(5), index, "sync samples are IDR pictures");
            Rule(!types.Exists(type => type is 7 or 8), index, "avc1 samples hold no parameter sets");
        }
    }

    private double Peak()
    {
        var peak = 0.0;
        for (var first = 0; first < _rates.Count; first++)
        {
            var (bits, seconds) = (0.0, 0.0);
            for (var last = first; last < _rates.Count && seconds + _rates[last].Seconds <= media.Target * 1.5; last++)
            {
                bits += _rates[last].Bits;
                seconds += _rates[last].Seconds;
                peak = seconds >= media.Target * 0.5 ? Math.Max(peak, bits / seconds) : peak;
            }
        }

        return peak;
    }

    private Mp4Header Header(HlsEntry entry)
    {
        var key = (entry.MapUri ?? "", entry.MapRange);
        if (!_headers.TryGetValue(key, out var header))
        {
            header = _headers[key] = Mp4Header.Read(Bytes(key.Item1, entry.MapRange));
        }

        return header;
    }

    private byte[] Bytes(string uri, HlsPlace? range) => HlsStretches.Bytes(media, uri, range);

    private void Rule(bool holds, int segment, string rule)
    {
        if (!holds)
        {
            broken($"segment {segment} ({media.Entries[segment].Uri}): {rule}");
        }
    }
}
