using Classroom.MediaServer;
using Classroom.Signaling.Contracts;

namespace Classroom.Signaling.Sources;

/// <summary>What FFmpeg is to do with an appliance's stream: hand it on as RTP that every receiver can play.</summary>
internal static class SourceArguments
{
    private const int MostFramesPerSecond = 30;

    /// <param name="socket">Path of the datagram socket that takes the packets of both streams.</param>
    /// <param name="start">Zero of both streams' sender reports, in microseconds of UTC: so they tell one clock.</param>
    public static IReadOnlyList<string> Build(SourceAddress address, SourceFormat format, string socket, long start) =>
    [
        "-nostdin", .. SourceInput.Arguments(address),
        .. format.VideoCodec is null ? (IReadOnlyList<string>)[] : ["-map", "0:v:0", .. Picture(format), .. Output(FeedFormat.Picture, socket, start)],
        .. format.AudioCodec is null ? (IReadOnlyList<string>)[] : ["-map", "0:a:0", .. Sound, .. Output(FeedFormat.Sound, socket, start)],
    ];

    // Samples that the appliance left out are filled up, so that sound does not run away from the picture.
    private static IReadOnlyList<string> Sound => ["-af", "aresample=48000:async=1", "-ac", "2", "-c:a", "libopus", "-b:a", "64k", "-frame_duration", "20"];

    // Whoever comes in the middle needs the parameter sets with the next key frame.
    private static IReadOnlyList<string> Picture(SourceFormat format) => format.WhyEncoded is null
        ? ["-c:v", "copy", "-bsf:v", "h264_mp4toannexb,dump_extra=freq=keyframe"]
        :
        [
            "-vf", string.Join(',', Filters(format)), "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "baseline", "-bf", "0",
            "-pix_fmt", "yuv420p", "-crf", "23", "-maxrate", "4M", "-bufsize", "4M", "-g", "60", "-force_key_frames", "expr:gte(t,n_forced*2)",
        ];

    private static IEnumerable<string> Filters(SourceFormat format)
    {
        if (format.WhyEncoded == SourceReading.Interlaced)
        {
            yield return "yadif";
        }

        if (format.FrameRate > MostFramesPerSecond + 1)
        {
            yield return $"fps={MostFramesPerSecond}";
        }

        yield return "scale=w='min(1920,iw)':h='min(1080,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2";
    }

    private static IReadOnlyList<string> Output(FeedFormat format, string socket, long start) =>
    [
        "-start_time_realtime", $"{start}", "-avoid_negative_ts", "disabled", "-flush_packets", "1",
        "-packetsize", $"{FeedFormat.LongestPacket}", "-payload_type", $"{format.PayloadType}", "-ssrc", $"{format.Ssrc}",
        "-type", "datagram", "-f", "rtp", $"unix:{socket}",
    ];
}
