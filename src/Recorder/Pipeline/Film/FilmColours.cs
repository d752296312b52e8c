namespace Classroom.Recorder.Pipeline.Film;

/// <summary>
/// All pictures of a film have the colours of ITU-R BT.601, which is what browsers send. Encoders write into the stream's head what they
/// are told about colours, and pieces whose heads differ cannot be joined; players guess where nothing is written, and guess by the size.
/// </summary>
internal static class FilmColours
{
    /// <summary>Options of the scaler: sources that say that they are of other colours are converted, nothing happens to the rest.</summary>
    public const string Scale = ":out_color_matrix=bt601:out_range=tv";

    /// <summary>A filter that writes down what the pictures are.</summary>
    public const string Say = "setparams=range=tv:color_primaries=smpte170m:color_trc=smpte170m:colorspace=smpte170m";
}
