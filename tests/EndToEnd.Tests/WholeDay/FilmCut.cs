using Classroom.EndToEnd.Tests.Film;

namespace Classroom.EndToEnd.Tests.WholeDay;

/// <summary>A seat in a layout.</summary>
/// <param name="Crop">FFmpeg's crop filter for the place: width, height, left, top.</param>
internal sealed record FilmPlace(string SeatRef, string Crop);

/// <summary>A clip as it was cut, and where it stands in the film.</summary>
/// <param name="FilmMs">Where it begins in the film.</param>
/// <param name="LessonMs">Where it begins in the lesson.</param>
internal sealed record FilmCut(int FilmMs, int LessonMs, int LengthMs, params FilmPlace[] Places)
{
    /// <summary>A picture of the film, 25 a second.</summary>
    public const int FrameMs = 40;

    private const string Whole = "iw:ih:0:0";

    /// <summary>The whole picture.</summary>
    public static FilmCut Single(int filmMs, int lessonMs, int lengthMs, string seat) => new(filmMs, lessonMs, lengthMs, new FilmPlace(seat, Whole));

    /// <summary>Two pictures beside each other, each as wide as half the film and in the middle of its height.</summary>
    public static FilmCut SideBySide(int filmMs, int lessonMs, int lengthMs, string left, string right) =>
        new(filmMs, lessonMs, lengthMs, new FilmPlace(left, "iw/2:ih/2:0:ih/4"), new FilmPlace(right, "iw/2:ih/2:iw/2:ih/4"));

    /// <summary>One over the corner of the other; only the small one is read, because it covers the mark of the large one.</summary>
    public static FilmCut Inset(int filmMs, int lessonMs, int lengthMs, string small) =>
        new(filmMs, lessonMs, lengthMs, new FilmPlace(small, "iw/4:ih/4:iw-iw/4-iw/40-2:ih-ih/4-iw/40-2"));

    /// <summary>Looks at each picture of the film between the clip's ends: it must be the seat's, of the very time that was cut.</summary>
    /// <param name="seats">What each seat showed when, on the lesson's clock.</param>
    public async Task CheckAsync(string film, IReadOnlyDictionary<string, SeatPictures> seats)
    {
        foreach (var place in Places)
        {
            var read = (await FilmProbe.PicturesAsync(film, place.Crop)).Where(picture => picture.AtMs >= FilmMs - 1 && picture.AtMs < FilmMs + LengthMs - 1).ToArray();
            var frames = LengthMs / FrameMs;
            TestContext.Current.TestOutputHelper?.WriteLine($"{place.SeatRef} from {FilmMs} ms: {read.Length} of {frames} pictures were read");

            // Small pictures blur; those on both sides of the cut have to be among those that can be read, or nothing is said about it.
            Assert.True(read.Length >= frames / 2, $"{read.Length} of {frames} pictures of {place.SeatRef} from {FilmMs} ms can be read");
            Assert.InRange(read[0].AtMs, FilmMs - 1, FilmMs + (3 * FrameMs));
            Assert.InRange(read[^1].AtMs, FilmMs + LengthMs - (4 * FrameMs), FilmMs + LengthMs);

            // A blurred bit of a small picture's clock may be misread; a cut that is off by one picture is off in nearly all of them.
            var wrong = read.Select(picture => seats[place.SeatRef].WrongAt(picture, picture.AtMs - FilmMs + LessonMs)).OfType<string>().ToArray();
            Assert.True(wrong.Length <= read.Length / 20, $"{wrong.Length} of {read.Length} pictures:\n{string.Join('\n', wrong)}");
        }
    }
}
