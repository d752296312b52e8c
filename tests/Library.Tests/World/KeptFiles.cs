using Classroom.Data;

namespace Classroom.Library.Tests.World;

/// <summary>Remembers which files are stored; what they hold is tested where the store is.</summary>
internal sealed class KeptFiles : ILessonFiles
{
    public static readonly byte[] Pdf = "%PDF-1.7"u8.ToArray();

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public async Task<LessonFile> SaveAsync(string lessonId, string folder, Stream content, LessonFileTypes allowed, long mostBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        if (!bytes.ToArray().AsSpan().StartsWith(Pdf))
        {
            throw new LessonFileException("file_type", "Not a PDF.");
        }

        _names.Add($"{lessonId}/{folder}/original.pdf");
        return new LessonFile($"{folder}/original.pdf", LessonFileTypes.Pdf, "application/pdf", bytes.Length, 0, 0);
    }

    public Task DeleteAsync(string lessonId, string folder, CancellationToken cancellationToken)
    {
        _names.RemoveWhere(name => name.StartsWith($"{lessonId}/{folder}/", StringComparison.Ordinal));
        return Task.CompletedTask;
    }

    public string LinkTo(string lessonId, string name, TimeSpan lifetime) => _names.Contains($"{lessonId}/{name}") ? $"/media/[{lessonId}/{name}]" : throw new InvalidOperationException(name);

    public string LinkBelow(string lessonId, string folder, TimeSpan lifetime) => $"/media/[{lessonId}/{folder}/]/";
}
