using System.Globalization;

namespace Classroom.Signaling.Sources;

/// <summary>
/// How FFmpeg and FFprobe are given an address: as a list of one file on standard input. A command line can be read by
/// everybody who has an account on the machine, and an address holds a password.
/// </summary>
internal static class SourceInput
{
    /// <summary>After this long without a byte FFmpeg gives up by itself, even when nobody is left to stop it.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(10);

    /// <summary>Arguments up to and with the input.</summary>
    public static IReadOnlyList<string> Arguments(SourceAddress address) =>
    [
        "-hide_banner", "-loglevel", "error", "-fflags", "nobuffer",
        "-f", "concat", "-safe", "0", "-protocol_whitelist", $"pipe,{Protocols(address)}", "-i", "pipe:0",
    ];

    /// <summary>What goes to standard input.</summary>
    public static string Script(SourceAddress address)
    {
        var microseconds = ((long)s_silence.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        var options = address.Scheme is "rtsp" or "rtsps" ? $"option rtsp_flags prefer_tcp\noption timeout {microseconds}\n" : $"option rw_timeout {microseconds}\n";
        return $"ffconcat version 1.0\nfile '{address.Reveal().Replace("'", @"'\''", StringComparison.Ordinal)}'\n{options}";
    }

    // Nothing that a stream may point to is followed to a file or to another service.
    private static string Protocols(SourceAddress address) => address.Scheme switch
    {
        "rtsp" => "tcp,udp,rtp",
        "rtsps" => "tls,tcp,udp,rtp",
        "rtmp" => "rtmp,tcp",
        _ => "rtmps,rtmp,tls,tcp",
    };
}
