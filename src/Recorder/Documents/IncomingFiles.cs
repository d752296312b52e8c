using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Documents;

/// <param name="Width">Of a picture, in pixels; 0 for a PDF.</param>
internal sealed record IncomingFile(FileType Type, long Bytes, int Width, int Height);

/// <summary>Takes files in that nobody vouches for: bounded, told by their content, looked at before they are stored.</summary>
internal sealed class IncomingFiles(IObjectStore store, MediaProbe probe, IOptions<RecorderOptions> options, TimeProvider time)
{
    // A small file can unfold into a picture that no tablet has the memory for.
    private const int LongestSide = 16_384;
    private const long MostPixels = 60_000_000;
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(15);
    private readonly string _folder = Path.GetFullPath(Path.Combine(options.Value.SpoolFolder, "incoming"));

    /// <param name="keyOf">Where a file of this type is stored.</param>
    /// <exception cref="LessonFileException">It is not what it should be; nothing is stored.</exception>
    public async Task<IncomingFile> TakeAsync(Stream content, LessonFileTypes allowed, long mostBytes, Func<FileType, string> keyOf, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, Ids.New());
        try
        {
            var (type, bytes) = await WriteAsync(content, path, allowed, mostBytes, cancellationToken);
            var (width, height) = type.Type == LessonFileTypes.Picture ? await SizeAsync(path, cancellationToken) : (0, 0);
            await store.PutFileAsync(keyOf(type), path, cancellationToken);
            return new IncomingFile(type, bytes, width, height);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // What is too large or of the wrong kind is refused at once, not when all of it has come.
    private static async Task<(FileType Type, long Bytes)> WriteAsync(Stream content, string path, LessonFileTypes allowed, long mostBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        FileType? type = null;
        var bytes = 0L;
        for (int read; (read = await content.ReadAtLeastAsync(buffer, FileTypes.HeadLength, throwOnEndOfStream: false, cancellationToken)) > 0;)
        {
            type ??= Demand(FileTypes.Of(buffer.AsSpan(0, read)), allowed);
            bytes += read;
            if (bytes > mostBytes)
            {
                throw new LessonFileException("file_too_large", $"The file is larger than {mostBytes / 1_000_000} MB.");
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return type is null ? throw new LessonFileException("file_empty", "The file is empty.") : (type, bytes);
    }

    private static FileType Demand(FileType? type, LessonFileTypes allowed) => type is not null && allowed.HasFlag(type.Type)
        ? type
        : throw new LessonFileException("file_type", "This is not a file of a kind that can be used here.");

    private async Task<(int Width, int Height)> SizeAsync(string path, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(ProbePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var media = await probe.ReadAsync(path, either.Token);
            if (media is { Width: > 0 and <= LongestSide, Height: > 0 and <= LongestSide } && (long)media.Width * media.Height <= MostPixels)
            {
                return (media.Width, media.Height);
            }
        }
        catch (PipelineException)
        {
            // Not a picture after all: as below.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A picture that keeps the probe busy is none that a class should get.
        }

        throw new LessonFileException("bad_picture", "The picture cannot be read, or is too large.");
    }
}
