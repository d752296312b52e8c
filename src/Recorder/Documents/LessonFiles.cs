using Classroom.Data;
using Classroom.Recorder.Store;

namespace Classroom.Recorder.Documents;

/// <summary>The files of lessons in the object store.</summary>
internal sealed class LessonFiles(IObjectStore store, IMediaLinks links, IncomingFiles incoming) : ILessonFiles
{
    /// <summary>All files of all lessons and courses lie below it.</summary>
    public const string Root = "lessons/";

    /// <summary>Everything of one lesson or course lies below it.</summary>
    public static string Of(string lessonId) => $"{Root}{lessonId}/";

    public static string FolderOf(string lessonId, string folder) => $"{Of(lessonId)}{folder}/";

    public async Task<LessonFile> SaveAsync(string lessonId, string folder, Stream content, LessonFileTypes allowed, long mostBytes, CancellationToken cancellationToken)
    {
        var name = "";
        var taken = await incoming.TakeAsync(
            content, allowed, mostBytes, type => $"lessons/{lessonId}/{name = $"{folder}/original{type.Extension}"}", cancellationToken);
        return new LessonFile(name, taken.Type.Type, taken.Type.ContentType, taken.Bytes, taken.Width, taken.Height);
    }

    public Task DeleteAsync(string lessonId, string folder, CancellationToken cancellationToken) => store.DeletePrefixAsync(FolderOf(lessonId, folder), cancellationToken);

    public string LinkTo(string lessonId, string name, TimeSpan lifetime) => links.IssueFile($"lessons/{lessonId}/{name}", lifetime);

    public string LinkBelow(string lessonId, string folder, TimeSpan lifetime) => links.Issue(FolderOf(lessonId, folder), lifetime);
}
