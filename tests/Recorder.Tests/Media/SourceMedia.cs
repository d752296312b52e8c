using System.Buffers.Binary;
using Classroom.Recorder.Matroska;

namespace Classroom.Recorder.Tests.Media;

/// <summary>An encoded frame of test media.</summary>
/// <param name="CodecPrivate">Of the picture that it belongs to.</param>
internal sealed record SourceFrame(bool IsVideo, long Ms, bool IsKey, byte[] Data, byte[] CodecPrivate);

/// <summary>Test media made by FFmpeg: a white flash and a beep at the beginning of every second, encoded.</summary>
internal sealed record SourceMedia(string Codec, IReadOnlyList<SourceFrame> Frames)
{
    public const int FlashMs = 200;

    public static SourceMedia Make(string codec, int seconds, string size = "320x180", int keyEvery = 50, string rate = "")
    {
        using var folder = new TempFolder();
        var path = folder.File("source.mkv");
        Write(path, codec, seconds, size, keyEvery, rate);
        using var stream = File.OpenRead(path);
        var reader = new EbmlReader(stream);
        var frames = new List<SourceFrame>();
        var codecPrivate = Array.Empty<byte>();
        Walk(reader, 0, stream.Length, 0, ref codecPrivate, frames);
        return new SourceMedia(codec, frames);
    }

    /// <summary>One stream whose picture changes its size every so many seconds, as a browser's does when its machine is busy.</summary>
    public static SourceMedia MakeChanging(string codec, int secondsEach, params string[] sizes)
    {
        var parts = sizes.Select((size, index) => Make(codec, secondsEach, size).Frames
            .Where(frame => frame.Ms < secondsEach * 1000)
            .Select(frame => frame with { Ms = frame.Ms + (index * secondsEach * 1000L) }));
        return new SourceMedia(codec, [.. parts.SelectMany(part => part)]);
    }

    public static void Write(string path, string codec, int seconds, string size = "320x180", int keyEvery = 50, string rate = "")
    {
        var encoder = codec switch
        {
            "H264" => $"-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline {rate} -g {keyEvery}",
            "VP8" => $"-c:v libvpx -deadline realtime -cpu-used 8 -b:v 400k -g {keyEvery} -keyint_min {keyEvery} -auto-alt-ref 0",
            _ => "-vn",
        };
        Tool.Ffmpeg($"-f lavfi -i color=gray:s={size}:r=25,noise=alls=20,drawbox=c=white:t=fill:enable='lt(mod(t,1),0.199)' "
            + $"-f lavfi -i aevalsrc=0.5*sin(880*2*PI*t)*lt(mod(t\\,1)\\,0.2):s=48000 -t {seconds} {encoder} -c:a libopus -b:a 48k -write_crc32 0 {path}");
    }

    private static void Walk(EbmlReader reader, long from, long to, long clusterMs, ref byte[] codecPrivate, List<SourceFrame> frames)
    {
        for (var position = from; position < to && reader.TryRead(position, out var element); position = element.End)
        {
            switch (element.Id)
            {
                case MatroskaId.Segment or MatroskaId.Tracks or MatroskaId.TrackEntry or MatroskaId.Cluster or 0xA0:
                    Walk(reader, element.ContentStart, Math.Min(element.End, to), ClusterTime(reader, element, clusterMs), ref codecPrivate, frames);
                    break;
                case MatroskaId.CodecPrivate when codecPrivate.Length == 0:
                    codecPrivate = Bytes(reader, element);
                    break;
                case MatroskaId.SimpleBlock or 0xA1:
                    frames.Add(Frame(Bytes(reader, element), clusterMs, element.Id != MatroskaId.SimpleBlock, codecPrivate));
                    break;
            }
        }
    }

    private static long ClusterTime(EbmlReader reader, EbmlElement element, long current) =>
        element.Id == MatroskaId.Cluster && reader.TryRead(element.ContentStart, out var time) ? (long)reader.ReadUInt(time) : current;

    private static SourceFrame Frame(byte[] block, long clusterMs, bool inGroup, byte[] codecPrivate) =>
        new(block[0] == 0x81, clusterMs + BinaryPrimitives.ReadInt16BigEndian(block.AsSpan(1)), !inGroup && (block[3] & 0x80) != 0, block[4..], codecPrivate);

    private static byte[] Bytes(EbmlReader reader, EbmlElement element)
    {
        var bytes = new byte[element.Size];
        Assert.Equal(bytes.Length, reader.ReadBytes(element.ContentStart, bytes));
        return bytes;
    }
}
