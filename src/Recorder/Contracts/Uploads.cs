using Classroom.Data;

namespace Classroom.Recorder.Contracts;

/// <param name="Id">Also of the lesson that shows the recording, once it is Done.</param>
/// <param name="Received">Bytes that have come.</param>
/// <param name="Error">Code of why it Failed.</param>
/// <param name="Work">Of a worker that reads it in; null: none yet, or no more.</param>
public sealed record UploadInfo(string Id, string Title, string FileName, long Bytes, long Received, UploadState State, string? Error, DateTime CreatedAt, JobInfo? Work);
