namespace Classroom.Data;

/// <summary>Receiving → Waiting (for a worker) → Done, or Failed with the reason.</summary>
public enum UploadState { Receiving, Waiting, Done, Failed }

/// <summary>A film made elsewhere on its way to be a recording. How much of it has come is the length of its file.</summary>
public sealed class MediaUpload
{
    /// <summary>Of the lesson too, that it becomes the recording of.</summary>
    public string Id { get; set; } = Ids.New();
    public required string Title { get; set; }

    /// <summary>As it was called where it came from.</summary>
    public required string FileName { get; set; }
    public long Bytes { get; set; }
    public UploadState State { get; set; }

    /// <summary>Code of what went wrong, which pages say in words.</summary>
    public string? Error { get; set; }

    /// <summary>Null: out of the watched folder.</summary>
    public string? AccountId { get; set; }

    /// <summary>When the film was made, as far as its file says.</summary>
    public DateTime RecordedAt { get; set; }
    public DateTime CreatedAt { get; set; }
}
