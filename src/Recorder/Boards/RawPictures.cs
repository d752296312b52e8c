using System.Text;
using Classroom.Recorder.Matroska;

namespace Classroom.Recorder.Boards;

/// <summary>Pictures as they are, each with its time, as Matroska: what FFmpeg reads over a pipe and needs no file for.</summary>
internal sealed class RawPictures(Stream output)
{
    /// <summary>RFC 9559: a block's track as one byte, two of time after the cluster's, one of flags: a key frame.</summary>
    private static readonly byte[] BlockHead = [0x80 | MatroskaHeader.VideoTrack, 0, 0, 0x80];

    private readonly EbmlWriter _writer = new();

    public async Task BeginAsync(int width, int height, CancellationToken cancellationToken)
    {
        MatroskaHeader.WriteStart(_writer);
        var tracks = _writer.Begin(MatroskaId.Tracks);
        var entry = MatroskaHeader.BeginTrack(_writer, MatroskaHeader.VideoTrack, 1, "V_UNCOMPRESSED");
        var video = _writer.Begin(MatroskaId.Video);
        _writer.UInt(MatroskaId.PixelWidth, (ulong)width);
        _writer.UInt(MatroskaId.PixelHeight, (ulong)height);
        _writer.Binary(MatroskaId.UncompressedFourCc, Encoding.ASCII.GetBytes("I420"));
        _writer.End(video);
        _writer.End(entry);
        _writer.End(tracks);
        await WriteAsync(ReadOnlyMemory<byte>.Empty, cancellationToken);
    }

    /// <param name="atMs">From the beginning.</param>
    public async Task AddAsync(long atMs, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        const int TimestampLength = 10;
        const int BlockHeader = 9;
        _writer.Id(MatroskaId.Cluster);
        _writer.LongSize(TimestampLength + BlockHeader + BlockHead.Length + picture.Length);
        _writer.UInt(MatroskaId.Timestamp, (ulong)atMs);
        _writer.Id(MatroskaId.SimpleBlock);
        _writer.LongSize(BlockHead.Length + picture.Length);
        _writer.Raw(BlockHead);
        await WriteAsync(picture, cancellationToken);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_writer.Written.ToArray(), cancellationToken);
        await output.WriteAsync(picture, cancellationToken);
        _writer.Clear();
    }
}
