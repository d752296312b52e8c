using Classroom.EndToEnd.Tests.Film;
using Classroom.EndToEnd.Tests.Harness;
using Classroom.Recorder.Contracts;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>What a seat showed when, read from the marks of its recording.</summary>
/// <param name="Pictures">In order; their place is that of the lesson's clock.</param>
internal sealed record SeatPictures(IReadOnlyList<MarkedPicture> Pictures)
{
    // Half a picture of the film to either side: it shows the one that is nearest.
    private const double SlackMs = FilmCut.FrameMs / 2;

    public static async Task<IReadOnlyDictionary<string, SeatPictures>> ReadAsync(ServerCalls calls, RecordingDetail recording, string folder)
    {
        var seats = new Dictionary<string, SeatPictures>(StringComparer.Ordinal);
        foreach (var seat in recording.Tracks.Where(track => track.VideoCodec is not null).GroupBy(track => track.SeatRef, StringComparer.Ordinal))
        {
            var pictures = new List<MarkedPicture>();
            foreach (var track in seat.OrderBy(track => track.StartMs))
            {
                var file = await calls.DownloadAsync(track.FileUrl!, folder);
                pictures.AddRange((await FilmProbe.PicturesAsync(file)).Select(picture => picture with { AtMs = picture.AtMs + track.StartMs }));
            }

            seats[seat.Key] = new SeatPictures(pictures);
        }

        return seats;
    }

    /// <returns>Null when this seat's picture was to be seen at that time of the lesson, else what was.</returns>
    public string? WrongAt(MarkedPicture picture, double lessonMs)
    {
        var then = Pictures.Where((shown, index) =>
            shown.AtMs <= lessonMs + SlackMs && (index + 1 == Pictures.Count || Pictures[index + 1].AtMs >= lessonMs - SlackMs)).ToArray();
        return then.Any(shown => (shown.School, shown.Seat, shown.DrawnMs) == (picture.School, picture.Seat, picture.DrawnMs))
            ? null
            : $"{picture} stands at {lessonMs} ms of the lesson, where there was {string.Join(", ", then.Select(shown => shown.ToString()))}";
    }
}
