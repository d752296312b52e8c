using Classroom.Data;
using Classroom.Recorder.Documents;
using Classroom.Recorder.Store;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>What editors upload for a micro-course.</summary>
internal sealed class CourseCovers(IObjectStore store, IMediaLinks links, IncomingFiles incoming) : ICourseCovers
{
    public static string KeyOf(string courseId, string name) => $"courses/{courseId}/covers/{name}";

    public async Task<string> SaveAsync(string courseId, Stream content, long mostBytes, CancellationToken cancellationToken)
    {
        var name = "";
        await incoming.TakeAsync(content, LessonFileTypes.Picture, mostBytes, type => KeyOf(courseId, name = Ids.New() + type.Extension), cancellationToken);
        return name;
    }

    public async Task<bool> ExistsAsync(string courseId, string name, CancellationToken cancellationToken) =>
        !name.Contains('/') && ObjectKey.IsValid(KeyOf(courseId, name)) && await store.HeadAsync(KeyOf(courseId, name), cancellationToken) is not null;

    public string LinkTo(string courseId, string name, TimeSpan lifetime) => links.IssueFile(KeyOf(courseId, name), lifetime);
}
