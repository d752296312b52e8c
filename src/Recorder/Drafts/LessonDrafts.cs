using System.Collections.Concurrent;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Classroom.Recorder.Drafts;

/// <summary>The drafts that grow on this machine, by lesson. What a killed process left on the disk is gone on with.</summary>
internal sealed class LessonDrafts(IObjectStore store, TrackFiles files, FfmpegRunner ffmpeg, IOptions<RecorderOptions> options)
{
    private readonly ConcurrentDictionary<string, LessonDraft> _drafts = new();

    public LessonDraft Of(string lessonId) => _drafts.GetOrAdd(lessonId, id => new LessonDraft(id, store, files, ffmpeg, options));

    public ICollection<string> Lessons => _drafts.Keys;

    /// <summary>Its files are closed; they stay unless they were dropped.</summary>
    public void Forget(string lessonId)
    {
        if (_drafts.TryRemove(lessonId, out var draft))
        {
            draft.Dispose();
        }
    }
}
