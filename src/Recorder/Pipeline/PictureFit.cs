namespace Classroom.Recorder.Pipeline;

/// <summary>Brings pictures of any size, also of sizes that change on the way, into one.</summary>
internal static class PictureFit
{
    /// <summary>
    /// Input options for pictures whose size changes on the way. By default FFmpeg builds its graph anew then, and everything that
    /// counts frames begins again; the filters of <see cref="Into"/> take the change as it comes.
    /// </summary>
    public static readonly IReadOnlyList<string> AnySize = ["-reinit_filter:v", "0"];

    /// <summary>Filters that bring pictures of any size into this one, whole and with black bars.</summary>
    /// <param name="more">More options of the scaler, each after a colon.</param>
    public static string Into(int width, int height, string more = "") =>
        $"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2{more},pad={width}:{height}:-1:-1:black:eval=frame";
}
