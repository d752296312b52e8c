using System.Buffers.Binary;
using Classroom.Recorder.Codecs;
using Classroom.Rtc.Codecs;

namespace Classroom.Recorder.Matroska;

/// <summary>The sizes that a captured file's picture takes on: browsers scale a picture down when their machine or line is busy, and up again.</summary>
/// <param name="Width">The largest, in pixels; 0 when there is no key frame.</param>
/// <param name="IsConstant">All key frames have one size and, in H.264, one pair of parameter sets: the stream can be copied to MP4.</param>
internal sealed record PictureSizes(int Width, int Height, bool IsConstant)
{
    /// <summary>Parameter sets and VP8's header lie in this many bytes; longer sets count as a change, which is always safe.</summary>
    private const int HeadBytes = 512;

    private const int BlockHeader = 4;

    /// <param name="codec">Of the picture, as in SDP; null when there is none.</param>
    public static PictureSizes Read(string path, string? codec)
    {
        using var file = File.OpenRead(path);
        var reader = new EbmlReader(file);
        var sizes = new PictureSizes(0, 0, IsConstant: true);
        var first = Array.Empty<byte>();
        if (codec is null)
        {
            return sizes;
        }

        foreach (var cluster in MatroskaScan.Read(file).Clusters.Where(cluster => cluster.HasKey))
        {
            var head = ReadHead(reader, cluster.Start);
            var (width, height, same) = codec == "H264" ? Avc(head) : Vp8(head);
            first = first.Length == 0 ? same : first;
            sizes = new PictureSizes(Math.Max(sizes.Width, width), Math.Max(sizes.Height, height), sizes.IsConstant && same.AsSpan().SequenceEqual(first));
        }

        return sizes;
    }

    // A cluster with a key frame begins with its timestamp and then that frame.
    private static byte[] ReadHead(EbmlReader reader, long clusterStart)
    {
        if (!reader.TryRead(clusterStart, out var cluster) || !reader.TryRead(cluster.ContentStart, out var time) || !reader.TryRead(time.End, out var block))
        {
            return [];
        }

        var head = new byte[Math.Clamp(block.Size - BlockHeader, 0, HeadBytes)];
        return head[..reader.ReadBytes(block.ContentStart + BlockHeader, head)];
    }

    private static (int Width, int Height, byte[] Same) Vp8(byte[] head) =>
        Vp8Depacketizer.Format(head) is { } format ? (format.Width, format.Height, head[6..10]) : (0, 0, []);

    private static (int Width, int Height, byte[] Same) Avc(byte[] head)
    {
        var (width, height) = (0, 0);
        var end = 0;
        while (head.Length - end > 5 && (head[end + 4] & 0x1F) is 7 or 8)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(end));
            if (size <= 0 || size > head.Length - end - 4)
            {
                break;
            }

            if ((head[end + 4] & 0x1F) == 7)
            {
                SequenceParameters.TryReadSize(head.AsSpan(end + 4, size), out width, out height);
            }

            end += 4 + size;
        }

        return (width, height, head[..end]);
    }
}
