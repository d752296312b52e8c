namespace Classroom.Recorder.Archives;

/// <summary>A file of an archive that is written straight to whoever asked for it.</summary>
/// <param name="Name">With '/' between folders.</param>
/// <param name="Length">Bytes; what <paramref name="OpenAsync"/> gives is exactly as long.</param>
/// <param name="ModifiedAt">On the clock of the wall.</param>
internal sealed record ZipEntry(string Name, long Length, DateTime ModifiedAt, Func<CancellationToken, Task<Stream>> OpenAsync);
