using Classroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Pipeline.Film;

/// <summary>Finds the captured files that an edit is made of, and has them on this machine.</summary>
internal sealed class CourseSources(IClassroomDbFactory databases, TrackFiles files)
{
    /// <exception cref="PipelineException">A seat was not recorded, or its file is nowhere.</exception>
    public async Task<IReadOnlyList<RenderSource>> OpenAsync(MicroCourse course, EditList edit, string workFolder, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var tracks = await db.RecordingTracks.AsNoTracking()
            .Where(track => track.LessonId == course.LessonId && (track.State == TrackState.Stored || track.State == TrackState.Captured))
            .ToListAsync(cancellationToken);
        var missing = edit.Clips.SelectMany(clip => clip.Seats).FirstOrDefault(seat => !tracks.Exists(track => SeatRefs.Of(track) == seat));
        if (missing is not null)
        {
            throw new PipelineException($"The recording has no seat {missing}.", retry: false, code: "nothing_recorded");
        }

        var sources = new List<RenderSource>();
        foreach (var track in tracks.Where(track => edit.Clips.Any(clip => track.StartMs < clip.OutMs && track.StartMs + track.DurationMs > clip.InMs)))
        {
            var path = await files.OpenAsync(track, workFolder, cancellationToken);
            sources.Add(new RenderSource(
                track.Id, path, SeatRefs.Of(track), track.StartMs, track.DurationMs, track.VideoCodec is not null, track.AudioCodec is not null, track.Width, track.Height));
        }

        return sources;
    }
}
