using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>A payload type and what it means in one media section.</summary>
/// <param name="Name">Encoding name as written, for example "opus", "VP8", "H264".</param>
/// <param name="Channels">1 when not written.</param>
/// <param name="Format">Text of the fmtp line, empty when absent.</param>
/// <param name="Feedback">Values of rtcp-fb, for example "nack pli".</param>
public sealed record RtpCodec(byte PayloadType, string Name, int ClockRate, int Channels, string Format, IReadOnlyList<string> Feedback)
{
    private const int PayloadTypes = 128;
    private const int MaxFeedback = 16;

    /// <summary>A parameter of the fmtp line, null when absent.</summary>
    public string? Parameter(string name)
    {
        foreach (var part in Format.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part.AsSpan(0, equals).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return part[(equals + 1)..];
            }
        }

        return null;
    }

    /// <summary>Codecs of a section in the order of its m-line, each payload type once.</summary>
    public static IReadOnlyList<RtpCodec> ReadAll(SdpSection section)
    {
        var types = new FormatLines?[PayloadTypes];
        var order = new List<byte>(section.Formats.Count);
        foreach (var format in section.Formats)
        {
            if (ReadType(format) is { } type && types[type] is null)
            {
                types[type] = new FormatLines();
                order.Add(type);
            }
        }

        // One pass over the attributes, whatever their number: an offer comes from anybody who has a token.
        List<string> forAll = [];
        foreach (var attribute in section.Attributes)
        {
            Sort(attribute, types, forAll);
        }

        var codecs = new List<RtpCodec>(order.Count);
        foreach (var type in order)
        {
            var lines = types[type]!;
            if (lines.Map is { } map && FromMap(type, map, lines.Parameters, [.. lines.Feedback, .. forAll]) is { } codec)
            {
                codecs.Add(codec);
            }
        }

        return codecs;
    }

    private static void Sort(SdpAttribute attribute, FormatLines?[] types, List<string> forAll)
    {
        if (attribute.Name is not ("rtpmap" or "fmtp" or "rtcp-fb") || attribute.Value.IndexOf(' ', StringComparison.Ordinal) is not (> 0 and var space))
        {
            return;
        }

        var format = attribute.Value.AsSpan(0, space);
        var lines = ReadType(format) is { } type ? types[type] : null;
        var feedback = format is "*" ? forAll : lines?.Feedback;
        switch (attribute.Name)
        {
            case "rtpmap" when lines is not null:
                lines.Map ??= attribute.Value[(space + 1)..].Trim();
                break;
            case "fmtp" when lines is not null:
                lines.Parameters = attribute.Value[(space + 1)..].Trim();
                break;
            case "rtcp-fb" when feedback?.Count < MaxFeedback:
                feedback.Add(attribute.Value[(space + 1)..].Trim());
                break;
        }
    }

    private static byte? ReadType(ReadOnlySpan<char> format) =>
        byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && type < PayloadTypes ? type : null;

    private static RtpCodec? FromMap(byte payloadType, string map, string parameters, List<string> feedback)
    {
        var parts = map.Split('/');
        if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var clockRate) || clockRate <= 0)
        {
            return null;
        }

        var channels = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1;
        return new RtpCodec(payloadType, parts[0], clockRate, channels, parameters, feedback);
    }

    /// <summary>What a section says of one payload type.</summary>
    private sealed class FormatLines
    {
        public string? Map { get; set; }

        public string Parameters { get; set; } = "";

        public List<string> Feedback { get; } = [];
    }
}
