using System.Globalization;

namespace Classroom.Rtc.Sdp;

/// <summary>A payload type and what it means in one media section.</summary>
/// <param name="Name">Encoding name as written, for example "opus", "VP8", "H264".</param>
/// <param name="Channels">1 when not written.</param>
/// <param name="Format">Text of the fmtp line, empty when absent.</param>
/// <param name="Feedback">Values of rtcp-fb, for example "nack pli".</param>
public sealed record RtpCodec(byte PayloadType, string Name, int ClockRate, int Channels, string Format, IReadOnlyList<string> Feedback)
{
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

    /// <summary>Codecs of a section in the order of its m-line.</summary>
    public static IReadOnlyList<RtpCodec> ReadAll(SdpSection section)
    {
        var codecs = new List<RtpCodec>(section.Formats.Count);
        foreach (var format in section.Formats)
        {
            if (byte.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var payloadType) && payloadType < 128
                && Read(section, format, payloadType) is { } codec)
            {
                codecs.Add(codec);
            }
        }

        return codecs;
    }

    private static RtpCodec? Read(SdpSection section, string format, byte payloadType)
    {
        string? map = null;
        var parameters = "";
        List<string> feedback = [];
        foreach (var attribute in section.Attributes)
        {
            switch (attribute.Name)
            {
                case "rtpmap" when After(attribute.Value, format) is { } value:
                    map ??= value;
                    break;
                case "fmtp" when After(attribute.Value, format) is { } value:
                    parameters = value;
                    break;
                case "rtcp-fb" when (After(attribute.Value, format) ?? After(attribute.Value, "*")) is { } value:
                    feedback.Add(value);
                    break;
            }
        }

        return map is null ? null : FromMap(payloadType, map, parameters, feedback);
    }

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

    /// <summary>What follows "format " in a value, null when it speaks of another format.</summary>
    private static string? After(string value, string format) =>
        value.Length > format.Length && value[format.Length] == ' ' && value.StartsWith(format, StringComparison.Ordinal)
            ? value[(format.Length + 1)..].Trim()
            : null;
}
