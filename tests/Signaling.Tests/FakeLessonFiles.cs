using System.Collections.Concurrent;
using Classroom.Data;

namespace Classroom.Signaling.Tests;

/// <summary>Keeps files in memory, and takes what begins with "%PDF" for a PDF and everything else for a picture.</summary>
internal sealed class FakeLessonFiles : ILessonFiles
{
    /// <summary>"{lesson}/{name}" → content.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    public async Task<LessonFile> SaveAsync(string lessonId, string folder, Stream content, LessonFileTypes allowed, long mostBytes, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellationToken);
        var bytes = memory.ToArray();
        var type = bytes.AsSpan().StartsWith("%PDF"u8) ? LessonFileTypes.Pdf : LessonFileTypes.Picture;
        if (bytes.Length == 0 || bytes.Length > mostBytes || !allowed.HasFlag(type))
        {
            throw new LessonFileException(bytes.Length == 0 ? "file_empty" : bytes.Length > mostBytes ? "file_too_large" : "file_type", "This file is not taken.");
        }

        var isPdf = type == LessonFileTypes.Pdf;
        var name = $"{folder}/original{(isPdf ? ".pdf" : ".jpg")}";
        Files[$"{lessonId}/{name}"] = bytes;
        return new LessonFile(name, type, isPdf ? "application/pdf" : "image/jpeg", bytes.Length, isPdf ? 0 : 640, isPdf ? 0 : 480);
    }

    public Task DeleteAsync(string lessonId, string folder, CancellationToken cancellationToken)
    {
        foreach (var name in Files.Keys.Where(name => name.StartsWith($"{lessonId}/{folder}/", StringComparison.Ordinal)))
        {
            Files.TryRemove(name, out _);
        }

        return Task.CompletedTask;
    }

    public string LinkTo(string lessonId, string name, TimeSpan lifetime) => $"/media/for-{lifetime.TotalMinutes:0}/{lessonId}/{name}";

    public string LinkBelow(string lessonId, string folder, TimeSpan lifetime) => $"/media/for-{lifetime.TotalMinutes:0}/{lessonId}/{folder}/";
}
