using System.Globalization;
using Classroom.Data;
using Classroom.Recorder.Pipeline;
using Classroom.Recorder.Pipeline.Film;
using SkiaSharp;

namespace Classroom.Recorder.Boards;

/// <summary>Films what everybody saw of slides and whiteboard, in the form of a captured seat.</summary>
internal sealed class BoardFilm(FfmpegRunner ffmpeg, PagePictures pages)
{
    /// <param name="timeline">Of the lesson, in order, of the kinds of <see cref="BoardScript"/>.</param>
    /// <param name="frames">Of the film, at least one.</param>
    /// <param name="report">How much of it is done, 0 to 1.</param>
    /// <exception cref="PipelineException">A page's picture is missing, or FFmpeg failed.</exception>
    public Task MakeAsync(string lessonId, IReadOnlyList<TimelineEvent> timeline, IReadOnlyList<BoardFrame> frames, string output, Action<double> report, CancellationToken cancellationToken)
    {
        var length = frames[^1].AtMs - frames[0].AtMs + 1.0;
        return ffmpeg.RunAsync(
            Arguments(frames, output),
            at => report(Math.Min(1, at.TotalMilliseconds / length)),
            cancellationToken,
            (input, cancel) => PaintAsync(lessonId, timeline, frames, input, cancel));
    }

    /// <summary>As seats are encoded that could not be copied (<see cref="ReplayArguments"/>); key frames only where we say.</summary>
    public static IReadOnlyList<string> Arguments(IReadOnlyList<BoardFrame> frames, string output)
    {
        var keys = frames.Where(frame => frame.IsKey).Select(frame => ((frame.AtMs - frames[0].AtMs) / 1000.0).ToString("0.000", CultureInfo.InvariantCulture));
        return
        [
            "-f", "matroska", "-i", "pipe:0", "-map", "0:v:0", "-an", "-vf", FilmColours.Say,
            "-c:v", "libx264", "-preset", "superfast", "-bf", "0", "-crf", "24", "-pix_fmt", "yuv420p", "-fps_mode", "passthrough", "-enc_time_base", "1:1000",
            "-g", "100000", "-sc_threshold", "0", "-force_key_frames", string.Join(',', keys), "-f", "matroska", "-write_crc32", "0", output,
        ];
    }

    private async Task PaintAsync(string lessonId, IReadOnlyList<TimelineEvent> timeline, IReadOnlyList<BoardFrame> frames, Stream output, CancellationToken cancellationToken)
    {
        using var painter = new BoardPainter();
        var picture = new PlanarPicture(BoardPainter.Width, BoardPainter.Height);
        var film = new RawPictures(output);
        await film.BeginAsync(BoardPainter.Width, BoardPainter.Height, cancellationToken);
        using var moments = BoardScript.Moments(timeline).GetEnumerator();
        var isMore = moments.MoveNext();
        foreach (var frame in frames)
        {
            for (; isMore && moments.Current.AtMs <= frame.AtMs; isMore = moments.MoveNext())
            {
                await painter.PaintAsync(moments.Current, surface => pages.LoadAsync(lessonId, surface, cancellationToken));
            }

            picture.Take(painter.Pixels, painter.Changed);
            painter.Changed = SKRectI.Empty;
            await film.AddAsync(frame.AtMs - frames[0].AtMs, picture.Bytes, cancellationToken);
        }
    }
}
