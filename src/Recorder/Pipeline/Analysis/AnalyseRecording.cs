using Classroom.Data;
using Classroom.Recorder.Pipeline.Film;
using Classroom.Recorder.Store;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Recorder.Pipeline.Analysis;

/// <summary>Names of what the editor shows of a track, below the track's prefix.</summary>
internal static class AnalysisFiles
{
    public const string Peaks = "peaks.json";
    public const string Strip = "strip.jpg";
    public const string StripVtt = "strip.vtt";

    public static string PrefixOf(RecordingTrack track) => $"recordings/{track.LessonId}/{track.Id}/";
}

/// <summary>Once after the lesson: how loud each track is from moment to moment, and small pictures of it, for the lanes of the editor. What is done is not done again.</summary>
internal sealed class AnalyseRecording(IClassroomDbFactory databases, IObjectStore store, TrackFiles files, FfmpegRunner ffmpeg) : IJobHandler
{
    public string Kind => JobKinds.AnalyseRecording;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var tracks = await db.RecordingTracks.Where(track => track.LessonId == context.Job.SubjectId && track.State == TrackState.Stored && !track.IsAnalysed)
            .OrderBy(track => track.StartMs).ToListAsync(cancellationToken);
        for (var i = 0; i < tracks.Count; i++)
        {
            context.Report((double)i / tracks.Count, "analyse");
            await AnalyseAsync(tracks[i], context.WorkFolder, cancellationToken);
            tracks[i].IsAnalysed = true;
            await db.SaveChangesAsync(cancellationToken);
        }

        // What it takes in the store is to be counted again.
        await db.Recordings.Where(row => row.LessonId == context.Job.SubjectId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StoredBytes, (long?)null), cancellationToken);
    }

    private async Task AnalyseAsync(RecordingTrack track, string folder, CancellationToken cancellationToken)
    {
        var source = await files.OpenAsync(track, folder, cancellationToken);
        var prefix = AnalysisFiles.PrefixOf(track);
        if (track.AudioCodec is not null)
        {
            var samples = Path.Combine(folder, "samples.raw");
            await ffmpeg.RunAsync(SoundPeaks.Arguments(source, samples), static _ => { }, cancellationToken);
            var peaks = Path.Combine(folder, AnalysisFiles.Peaks);
            await File.WriteAllTextAsync(peaks, SoundPeaks.Read(samples).ToJson(), cancellationToken);
            await store.PutFileAsync(prefix + AnalysisFiles.Peaks, peaks, cancellationToken);
            File.Delete(samples);
        }

        if (track.VideoCodec is not null && track.DurationMs > 0)
        {
            var board = new Storyboard(track.DurationMs / 1000.0);
            var strip = Path.Combine(folder, AnalysisFiles.Strip);
            await ffmpeg.RunAsync(PieceArguments.Pictures(source, board, strip), static _ => { }, cancellationToken);
            var vtt = Path.Combine(folder, AnalysisFiles.StripVtt);
            await File.WriteAllTextAsync(vtt, board.Vtt(AnalysisFiles.Strip), cancellationToken);
            await store.PutFileAsync(prefix + AnalysisFiles.Strip, strip, cancellationToken);
            await store.PutFileAsync(prefix + AnalysisFiles.StripVtt, vtt, cancellationToken);
        }
    }
}
