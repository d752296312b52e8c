using System.Text.Json;
using Classroom.EndToEnd.Tests.Harness;

namespace Classroom.EndToEnd.Tests.BadNetwork;

/// <summary>How long after the return of a line a page saw and heard a school again.</summary>
/// <param name="Picture">Milliseconds until a picture was shown that had been drawn since; −1: never.</param>
/// <param name="Sound">Milliseconds until sound came that was not made up; −1: never.</param>
public sealed record Recovery(double Picture, double Sound)
{
    private const int PatienceMs = 30_000;

    public double Slowest => Picture < 0 || Sound < 0 ? PatienceMs : Math.Max(Picture, Sound);

    /// <param name="guest">Whose page.</param>
    /// <param name="school">That is to be seen and heard; sound is that of all schools, so there should be one other only.</param>
    /// <param name="since">When the line came back; before that nothing counts.</param>
    public static async Task<Recovery> OfAsync(Guest guest, int school, DateTimeOffset since) => JsonSerializer.Deserialize<Recovery>(
        await guest.Page.EvaluateAsync<string>($"classroomTest.isBack({school}, {since.ToUnixTimeMilliseconds()}, {PatienceMs}).then(JSON.stringify)"),
        JsonSerializerOptions.Web)!;

    public override string ToString() => $"picture after {Picture / 1000:F1} s, sound after {Sound / 1000:F1} s";
}
