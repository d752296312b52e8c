using System.Text.Json;
using Classroom.EndToEnd.Tests.Harness;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>One received picture on a page, as its browser counts it (W3C webrtc-stats).</summary>
/// <param name="School">By its mark.</param>
/// <param name="Seat">By its mark; slides have one of their own.</param>
/// <param name="Lines">Of the last frame.</param>
/// <param name="Frames">Decoded since the connection began.</param>
/// <param name="Freezes">By the browser's own definition.</param>
/// <param name="Frozen">Seconds.</param>
/// <param name="Sharpness">Of slides: how much of the contrast of lines of two pixels is left, 0 to 1.</param>
public sealed record PictureMeter(int School, int Seat, int Lines, double Frames, double Freezes, double Frozen, double Sharpness)
{
    /// <summary>The seat number in the mark of a shared screen.</summary>
    public const int Slides = 14;

    /// <summary>A picture of no lines when there is no such one on the page.</summary>
    public static async Task<PictureMeter> ReadAsync(Guest guest, int school, int seat) =>
        (await AllAsync(guest)).FirstOrDefault(picture => picture.School == school && picture.Seat == seat) ?? new PictureMeter(school, seat, 0, 0, 0, 0, 0);

    public static async Task<PictureMeter[]> AllAsync(Guest guest) =>
        JsonSerializer.Deserialize<PictureMeter[]>(await guest.Page.EvaluateAsync<string>("classroomTest.pictures().then(JSON.stringify)"), JsonSerializerOptions.Web)!;
}
