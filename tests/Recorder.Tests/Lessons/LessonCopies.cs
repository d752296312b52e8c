using Classroom.Data;
using Classroom.Recorder.Tests.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Tests.Lessons;

/// <summary>More lessons like the one that was captured, as they lie there at the bell.</summary>
internal static class LessonCopies
{
    public static async Task<IReadOnlyList<string>> MakeAsync(PipelineRig rig, int count, CancellationToken cancellationToken)
    {
        var names = Enumerable.Range(2, count).Select(number => $"lesson{number}").ToList();
        if (count > 0)
        {
            rig.Drafts.Forget(PipelineRig.LessonId); // So that its index can be read.
        }

        foreach (var name in names)
        {
            await CopyRowsAsync(rig, name, cancellationToken);
            CopyFiles(Path.Combine(rig.Options.Value.SpoolFolder, PipelineRig.LessonId), Path.Combine(rig.Options.Value.SpoolFolder, name), name);
            CopyFiles(Path.Combine(rig.Options.Value.StoreFolder, "recordings", PipelineRig.LessonId), Path.Combine(rig.Options.Value.StoreFolder, "recordings", name), name);
        }

        return names;
    }

    private static async Task CopyRowsAsync(PipelineRig rig, string name, CancellationToken cancellationToken)
    {
        await using var db = rig.Database.Create();
        db.Lessons.Add(new Lesson { Id = name, Title = name, State = LessonState.Ended });
        db.Recordings.Add(new Recording { LessonId = name, State = RecordingState.Finishing, StartedAt = DateTime.UnixEpoch });
        foreach (var track in await db.RecordingTracks.AsNoTracking().Where(track => track.LessonId == PipelineRig.LessonId).ToListAsync(cancellationToken))
        {
            (track.SpoolFile, track.Id, track.LessonId) = ($"{name}/{track.Id}-{name}.mkv", $"{track.Id}-{name}", name);
            db.RecordingTracks.Add(track);
        }

        foreach (var happened in await db.Timeline.AsNoTracking().Where(e => e.LessonId == PipelineRig.LessonId).ToListAsync(cancellationToken))
        {
            happened.LessonId = name;
            db.Timeline.Add(happened);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    // What is only read is linked: eight lessons are more than a disk should have to hold for a test.
    private static void CopyFiles(string from, string to, string name)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(from, file).Split('/');
            parts[0] = parts[0] == "mix" ? parts[0] : Path.GetFileNameWithoutExtension(parts[0]) + "-" + name + Path.GetExtension(parts[0]);
            var target = Path.Combine([to, .. parts]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Path.GetExtension(file) is ".mkv" or ".m4s" or ".aac")
            {
                File.CreateSymbolicLink(target, file);
            }
            else
            {
                File.Copy(file, target);
            }
        }
    }
}
